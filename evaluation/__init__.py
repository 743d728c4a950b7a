"""How well a reader reads: measured on annotated documents and on MUC-4. Uses only the public names of `ascribe`."""
