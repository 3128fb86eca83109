-- Agreements, the blocks bought under them, and the slots cut from the blocks: the one inventory.

create table agreements (
    id                  uuid primary key,
    number              varchar(40) not null unique,
    kind                varchar(12) not null check (kind in ('purchase', 'borrowing', 'partnership')),
    venue_id            uuid not null references venues on delete restrict,
    counterparty        varchar(100) not null,
    state               varchar(12) not null default 'draft' check (state in ('draft', 'active', 'ended', 'terminated')),
    signed_on           date,
    starts_on           date not null,
    ends_on             date not null,
    -- Release ladder. The owner union's members may book own_days before the start, all members all_days before, the
    -- weekly quota is lifted quota_lifted_hours before, and booking ends closes_minutes before the start.
    owner_union_id      uuid references unions on delete restrict,
    own_days            integer not null default 14 check (own_days between 0 and 90),
    all_days            integer not null default 7 check (all_days between 0 and 90),
    quota_lifted_hours  integer not null default 24 check (quota_lifted_hours between 0 and 720),
    closes_minutes      integer not null default 0 check (closes_minutes between 0 and 10080),
    cancel_hours        integer not null default 2 check (cancel_hours between 0 and 168),
    -- Unused hours can go back until return_hours before the start, for return_percent of their price; null: never.
    return_hours        integer check (return_hours between 0 and 720),
    return_percent      integer not null default 100 check (return_percent between 0 and 100),
    notes               varchar(2000) not null default '',
    created_at          timestamptz not null,
    published_at        timestamptz,
    terminated_at       timestamptz,
    terminated_reason   varchar(300),
    check (starts_on <= ends_on),
    check (all_days <= own_days)
);
create index agreements_venue_id_idx on agreements (venue_id);

create table purchase_blocks (
    id             uuid primary key,
    agreement_id   uuid not null references agreements on delete cascade,
    space_id       uuid not null references spaces on delete restrict,
    -- Bit 0 is Sunday, as DayOfWeek counts.
    weekdays       smallint not null check (weekdays between 1 and 127),
    from_time      time not null,
    to_time        time not null,
    starts_on      date not null,
    ends_on        date not null,
    slot_minutes   integer not null check (slot_minutes between 15 and 720),
    capacity       integer not null check (capacity between 1 and 2000),
    hour_price_fen integer not null check (hour_price_fen between 0 and 100000000),
    on_holidays    boolean not null default false,
    check (from_time < to_time),
    check (starts_on <= ends_on)
);
create index purchase_blocks_agreement_id_idx on purchase_blocks (agreement_id);

-- The signed paper and what belongs to it.
create table agreement_attachments (
    id           uuid primary key,
    agreement_id uuid not null references agreements on delete cascade,
    name         varchar(120) not null,
    content_type varchar(40) not null,
    bytes        bytea not null check (octet_length(bytes) <= 10485760),
    created_at   timestamptz not null
);
create index agreement_attachments_agreement_id_idx on agreement_attachments (agreement_id, created_at);

-- block_id is null for what no block yields any more: a change of the agreement took it out.
-- What the hot path reads is on the row. venue_id is on it too, so that the table can be distributed by venue.
create table slots (
    id                uuid primary key,
    venue_id          uuid not null references venues on delete restrict,
    space_id          uuid not null references spaces on delete restrict,
    agreement_id      uuid not null references agreements on delete restrict,
    block_id          uuid references purchase_blocks on delete restrict,
    activity          varchar(30) not null,
    starts_at         timestamptz not null,
    ends_at           timestamptz not null,
    capacity          integer not null check (capacity > 0),
    max_party         integer not null default 1 check (max_party > 0),
    taken             integer not null default 0,
    state             varchar(12) not null default 'open' check (state in ('open', 'closed', 'withdrawn', 'handed_back')),
    -- Closed by hand: it stays closed when a closure over it is lifted.
    closed_by_staff   boolean not null default false,
    audience_union_id uuid references unions on delete restrict,
    opens_at          timestamptz not null,
    all_opens_at      timestamptz not null,
    quota_lifted_at   timestamptz not null,
    closes_at         timestamptz not null,
    cancel_until      timestamptz not null,
    return_by         timestamptz,
    price_fen         integer not null default 0,
    handed_back_at    timestamptz,
    saved_fen         integer,
    constraint slots_time_check check (starts_at < ends_at),
    constraint slots_taken_check check (taken between 0 and capacity),
    constraint slots_no_overlap exclude using gist (space_id with =, tstzrange(starts_at, ends_at) with &&)
        where (state in ('open', 'closed'))
) with (fillfactor = 70);
create index slots_venue_day_idx on slots (venue_id, starts_at);
create index slots_activity_idx on slots (activity, starts_at) where state = 'open';
create index slots_starts_at_idx on slots (starts_at);
-- Past ones are closed by a job.
create index slots_ends_at_idx on slots (ends_at) where state = 'open';
create index slots_agreement_id_idx on slots (agreement_id, starts_at);
create index slots_return_by_idx on slots (return_by) where state = 'open' and return_by is not null;
