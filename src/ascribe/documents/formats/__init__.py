"""One file a format; the table of them is `ascribe.documents.loading.FORMATS`."""
