-- The jobs of org.joblifecycle.store, schema 1, for H2.

-- The jobs as they are. The version counts the changes of a job: a change is stored over the version that it was decided on.
CREATE TABLE lifecycle_job (
    name          VARCHAR(1024) NOT NULL PRIMARY KEY,
    version       BIGINT NOT NULL,
    state         VARCHAR(32) NOT NULL,
    create_time   TIMESTAMP(6) WITH TIME ZONE,
    start_time    TIMESTAMP(6) WITH TIME ZONE,
    end_time      TIMESTAMP(6) WITH TIME ZONE,
    update_time   TIMESTAMP(6) WITH TIME ZONE,
    error_code    INTEGER,
    error_message CHARACTER LARGE OBJECT,
    body          CHARACTER LARGE OBJECT
);

CREATE INDEX lifecycle_job_by_state ON lifecycle_job (state, name);

-- Each version of each job, and what made it: the first is how the job was created, the last is how it is.
CREATE TABLE lifecycle_history (
    name          VARCHAR(1024) NOT NULL,
    version       BIGINT NOT NULL,
    event         VARCHAR(32),
    from_state    VARCHAR(32),
    state         VARCHAR(32) NOT NULL,
    create_time   TIMESTAMP(6) WITH TIME ZONE,
    start_time    TIMESTAMP(6) WITH TIME ZONE,
    end_time      TIMESTAMP(6) WITH TIME ZONE,
    update_time   TIMESTAMP(6) WITH TIME ZONE,
    error_code    INTEGER,
    error_message CHARACTER LARGE OBJECT,
    body          CHARACTER LARGE OBJECT,
    recorded_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (name, version)
);

-- The last one, so that whoever sees its row sees the others too.
CREATE TABLE lifecycle_schema (
    version INTEGER NOT NULL PRIMARY KEY
);

INSERT INTO lifecycle_schema (version) VALUES (1);
