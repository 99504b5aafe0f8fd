-- The audit of tuning jobs by an observer: how many jobs and snapshots there are, and how often each rule is broken. Times are
-- microseconds. A snapshot is stale if an earlier one had a later updateTime: the baseline has the latest that there was.

CREATE MACRO is_after(a, b) AS coalesce(a - b >= 1000000, false);
CREATE MACRO is_terminal(state) AS state IN ('JOB_STATE_SUCCEEDED', 'JOB_STATE_FAILED', 'JOB_STATE_CANCELLED',
    'JOB_STATE_EXPIRED', 'JOB_STATE_PARTIALLY_SUCCEEDED');
CREATE MACRO is_started(state) AS state IN ('JOB_STATE_RUNNING', 'JOB_STATE_UPDATING', 'JOB_STATE_PAUSED',
    'JOB_STATE_SUCCEEDED', 'JOB_STATE_PARTIALLY_SUCCEEDED');
CREATE MACRO create_missing(state, created) AS state <> 'JOB_STATE_UNSPECIFIED' AND created IS NULL;
CREATE MACRO start_missing(state, started) AS is_started(state) AND started IS NULL;
CREATE MACRO start_premature(state, started) AS state = 'JOB_STATE_UNSPECIFIED' AND started IS NOT NULL;
CREATE MACRO end_missing(state, ended) AS ended IS NULL
    AND state IN ('JOB_STATE_SUCCEEDED', 'JOB_STATE_FAILED', 'JOB_STATE_CANCELLED', 'JOB_STATE_EXPIRED');
CREATE MACRO end_premature(state, ended) AS ended IS NOT NULL AND NOT is_terminal(state);
CREATE MACRO error_unexpected(state, code) AS code IS NOT NULL AND state NOT IN ('JOB_STATE_FAILED', 'JOB_STATE_CANCELLED');
CREATE MACRO code_invalid(state, code) AS code IS NOT NULL
    AND (code NOT BETWEEN 1 AND 16 OR state = 'JOB_STATE_CANCELLED' AND code <> 1);
CREATE MACRO end_order(created, started, ended) AS is_after(created, ended) OR is_after(started, ended);
CREATE MACRO update_order(created, started, ended, updated) AS
    is_after(created, updated) OR is_after(started, updated) OR is_after(ended, updated);
CREATE MACRO moved(a, b) AS a IS DISTINCT FROM b;
CREATE MACRO illegal(a, b) AS a <> b AND (is_terminal(a) OR b = 'JOB_STATE_UNSPECIFIED' OR a = 'JOB_STATE_CANCELLING'
    AND b NOT IN ('JOB_STATE_SUCCEEDED', 'JOB_STATE_FAILED', 'JOB_STATE_CANCELLED'));

WITH snapshots AS (
    SELECT row_number() OVER () AS line, name, state, epoch_us(createTime) AS created, epoch_us(startTime) AS started,
        epoch_us(endTime) AS ended, epoch_us(updateTime) AS updated,
        CASE WHEN error IS NOT NULL THEN coalesce(error.code, 0) END AS code, coalesce(error.message, '') AS message
    FROM read_json(getvariable('file'), format = 'newline_delimited', columns = {name: 'VARCHAR', state: 'VARCHAR',
        createTime: 'TIMESTAMP', startTime: 'TIMESTAMP', endTime: 'TIMESTAMP', updateTime: 'TIMESTAMP',
        error: 'STRUCT(code INTEGER, message VARCHAR)'})
), checked AS (
    SELECT *, coalesce(updated < updated0, false) AS stale
    FROM (SELECT *, max(updated) OVER (PARTITION BY name ORDER BY line
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS updated0 FROM snapshots)
), pairs AS (
    SELECT *, lag(state) OVER before AS state0, lag(created) OVER before AS created0, lag(started) OVER before AS started0,
        lag(ended) OVER before AS ended0, lag(code) OVER before AS code0, lag(message) OVER before AS message0
    FROM checked
    WINDOW before AS (PARTITION BY name, stale ORDER BY line)
), broken AS (
    SELECT NOT stale AND state0 IS NULL AS first,
        NOT stale AND create_missing(state, created)
            AND (state0 IS NULL OR NOT create_missing(state0, created0) OR moved(created, created0)) AS create_time_required,
        NOT stale AND start_missing(state, started)
            AND (state0 IS NULL OR NOT start_missing(state0, started0) OR moved(started, started0)) AS start_time_required,
        NOT stale AND (start_premature(state, started)
                AND (state0 IS NULL OR NOT start_premature(state0, started0) OR moved(started, started0))
            OR state0 IN ('JOB_STATE_CANCELLING', 'JOB_STATE_FAILED', 'JOB_STATE_CANCELLED', 'JOB_STATE_EXPIRED')
                AND started0 IS NULL AND started IS NOT NULL) AS start_time_premature,
        NOT stale AND end_missing(state, ended)
            AND (state0 IS NULL OR NOT end_missing(state0, ended0) OR moved(ended, ended0)) AS end_time_required,
        NOT stale AND end_premature(state, ended)
            AND (state0 IS NULL OR NOT end_premature(state0, ended0) OR moved(ended, ended0)) AS end_time_premature,
        NOT stale AND error_unexpected(state, code)
            AND (state0 IS NULL OR NOT error_unexpected(state0, code0) OR moved(code, code0) OR moved(message, message0))
            AS error_unexpected,
        NOT stale AND code_invalid(state, code)
            AND (state0 IS NULL OR NOT code_invalid(state0, code0) OR moved(code, code0) OR moved(message, message0))
            AS error_code_invalid,
        NOT stale AND is_after(created, started)
            AND (state0 IS NULL OR NOT is_after(created0, started0) OR moved(created, created0) OR moved(started, started0))
            AS start_time_order,
        NOT stale AND end_order(created, started, ended)
            AND (state0 IS NULL OR NOT end_order(created0, started0, ended0) OR moved(created, created0)
                OR moved(started, started0) OR moved(ended, ended0)) AS end_time_order,
        NOT stale AND update_order(created, started, ended, updated)
            AND (state0 IS NULL OR NOT update_order(created0, started0, ended0, updated0) OR moved(created, created0)
                OR moved(started, started0) OR moved(ended, ended0) OR moved(updated, updated0)) AS update_time_order,
        NOT stale AND illegal(state0, state) AS transition_illegal,
        NOT stale AND created0 IS NOT NULL AND moved(created, created0) AS create_time_changed,
        NOT stale AND started0 IS NOT NULL AND moved(started, started0)
            AND (started IS NULL OR state0 NOT IN ('JOB_STATE_QUEUED', 'JOB_STATE_PENDING', 'JOB_STATE_CANCELLING'))
            AS start_time_changed,
        NOT stale AND ended0 IS NOT NULL AND moved(ended, ended0) AS end_time_changed,
        NOT stale AND code0 IS NOT NULL AND (moved(code, code0) OR moved(message, message0)) AS error_changed,
        stale AS update_time_regressed
    FROM pairs
)
SELECT count(*) AS snapshots, count_if(first) AS jobs,
    count_if(create_time_required) AS "create-time-required",
    count_if(start_time_required) AS "start-time-required",
    count_if(start_time_premature) AS "start-time-premature",
    count_if(end_time_required) AS "end-time-required",
    count_if(end_time_premature) AS "end-time-premature",
    count_if(error_unexpected) AS "error-unexpected",
    count_if(error_code_invalid) AS "error-code-invalid",
    count_if(start_time_order) AS "start-time-order",
    count_if(end_time_order) AS "end-time-order",
    count_if(update_time_order) AS "update-time-order",
    count_if(transition_illegal) AS "transition-illegal",
    count_if(create_time_changed) AS "create-time-changed",
    count_if(start_time_changed) AS "start-time-changed",
    count_if(end_time_changed) AS "end-time-changed",
    count_if(error_changed) AS "error-changed",
    count_if(update_time_regressed) AS "update-time-regressed"
FROM broken
