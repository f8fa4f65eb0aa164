DROP TABLE staff_import_chunks;
DROP TABLE staff_imports;
DROP TABLE staff_feeds;
