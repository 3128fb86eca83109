-- The union tree (district > street or industry > grassroots), memberships, and imported rosters.

create table unions (
    id         uuid primary key,
    parent_id  uuid references unions on delete restrict,
    level      varchar(12) not null check (level in ('district', 'branch', 'grassroots')),
    name       varchar(100) not null,
    -- Ids from the root to this union, so that "in this subtree" is one array test.
    path       uuid[] not null,
    -- People of this union that may be booked in on one day; null: no cap.
    daily_cap  integer check (daily_cap > 0),
    created_at timestamptz not null,
    ended_at   timestamptz
);
create unique index unions_name_key on unions (coalesce(parent_id, id), name);
create index unions_parent_id_idx on unions (parent_id);
create index unions_path_idx on unions using gin (path);

create table union_officers (
    user_id  uuid not null references users on delete cascade,
    union_id uuid not null references unions on delete cascade,
    primary key (user_id, union_id)
);

-- What a union says about its own people. Imported whole or not at all.
create table roster_entries (
    id          uuid primary key,
    union_id    uuid not null references unions on delete restrict,
    card_number varchar(32) not null,
    name        varchar(100) not null,
    imported_at timestamptz not null,
    removed_at  timestamptz
);
create unique index roster_entries_card_number_key on roster_entries (card_number) where removed_at is null;
create index roster_entries_union_id_idx on roster_entries (union_id);

-- One membership per account. Only a verified one books.
create table memberships (
    user_id         uuid primary key references users on delete cascade,
    union_id        uuid references unions on delete restrict,
    card_number     varchar(32),
    name            varchar(100) not null,
    state           varchar(10) not null default 'unverified' check (state in ('unverified', 'verified', 'ended')),
    asked_at        timestamptz not null,
    verified_at     timestamptz,
    verified_by     uuid references users on delete set null,
    verified_how    varchar(10) check (verified_how in ('roster', 'officer', 'demo')),
    rejected_at     timestamptz,
    rejected_reason varchar(300),
    ended_at        timestamptz,
    check (state <> 'verified' or (union_id is not null and verified_at is not null))
);
create index memberships_union_id_idx on memberships (union_id, state);
-- One card, one account.
create unique index memberships_card_number_key on memberships (card_number) where state = 'verified' and card_number is not null;

-- A roster that has been read and shown but not yet taken over: confirming works on what was shown, not on a second upload.
create table roster_uploads (
    id          uuid primary key,
    union_id    uuid not null references unions on delete cascade,
    uploaded_by uuid not null references users on delete cascade,
    file_name   varchar(200) not null,
    rows        jsonb not null,
    complete    boolean not null,
    created_at  timestamptz not null
);
