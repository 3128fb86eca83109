-- The outbox: a notice commits with the data that caused it. A job drains it with SKIP LOCKED.

create table outbox (
    id              uuid primary key,
    kind            varchar(40) not null,
    -- Exactly one notice per (kind, key), across retries, restarts and instances.
    dedupe_key      varchar(120) not null,
    -- No foreign key: its check would lock a row of users for every booking. What it would do on delete is done below.
    recipient_id    uuid,
    -- For an address that is not (yet) an account's: confirming a new one, say.
    address         varchar(256),
    subject_id      uuid,
    payload         jsonb not null default '{}',
    created_at      timestamptz not null,
    due_at          timestamptz not null,
    -- Not worth sending after this (a reminder for something that has begun).
    expires_at      timestamptz,
    state           varchar(10) not null default 'due' check (state in ('due', 'sent', 'failed', 'dropped')),
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null,
    sent_at         timestamptz,
    last_error      varchar(1000),
    check (recipient_id is not null or address is not null)
);
create unique index outbox_dedupe_key on outbox (kind, dedupe_key);
create index outbox_due_idx on outbox (next_attempt_at) where state = 'due';
create index outbox_state_idx on outbox (state, created_at desc);

create function forget_notices() returns trigger language plpgsql as $$
begin
    delete from outbox where recipient_id = old.id;
    return old;
end $$;
create trigger users_notices before delete on users for each row execute function forget_notices();

-- One row per job and run, kept a month: what the jobs page shows.
create table job_runs (
    id          uuid primary key,
    job         varchar(60) not null,
    started_at  timestamptz not null,
    ended_at    timestamptz,
    done        integer,
    error       varchar(2000)
);
create index job_runs_job_idx on job_runs (job, started_at desc);

-- The scheduler's own tables. Quartz makes them when it first starts, from the definition that its version brings.
create schema quartz;
