"""What names mean: places, armed groups and countries. Only names; nothing here decides what is told of them."""
