"""One reader per format, independent of one another; each is `read(files) -> (listings, problems)`."""
