CREATE TABLE note (text VARCHAR(100));
INSERT INTO note VALUES ('written by Flyway');
