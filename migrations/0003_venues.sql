-- Venues, their spaces, hours, photos and closures, and the holiday calendar.

create table venues (
    id         uuid primary key,
    name       varchar(100) not null,
    name_en    varchar(100),
    summary    varchar(500) not null default '',
    summary_en varchar(500) not null default '',
    address    varchar(200) not null,
    phone      varchar(40),
    latitude   double precision check (latitude between -90 and 90),
    longitude  double precision check (longitude between -180 and 180),
    is_demo    boolean not null default false,
    created_at timestamptz not null,
    retired_at timestamptz
);
create unique index venues_name_key on venues (name) where retired_at is null;

create table venue_desks (
    user_id  uuid not null references users on delete cascade,
    venue_id uuid not null references venues on delete cascade,
    primary key (user_id, venue_id)
);

create table spaces (
    id         uuid primary key,
    venue_id   uuid not null references venues on delete restrict,
    name       varchar(60) not null,
    name_en    varchar(60),
    activity   varchar(30) not null,
    -- 1: exclusive, one booking takes it all; more: sold by places.
    capacity   integer not null check (capacity between 1 and 2000),
    -- How many people one booking may bring.
    max_party  integer not null default 1 check (max_party between 1 and 2000),
    created_at timestamptz not null,
    retired_at timestamptz
);
create unique index spaces_name_key on spaces (venue_id, name) where retired_at is null;

create table opening_hours (
    venue_id uuid not null references venues on delete cascade,
    weekday  smallint not null check (weekday between 0 and 6),
    opens    time not null,
    closes   time not null,
    primary key (venue_id, weekday, opens),
    check (opens < closes)
);

create table venue_photos (
    id           uuid primary key,
    venue_id     uuid not null references venues on delete cascade,
    position     integer not null,
    caption      varchar(200) not null default '',
    content_type varchar(40) not null,
    width        integer not null,
    height       integer not null,
    bytes        bytea not null,
    thumbnail    bytea not null,
    created_at   timestamptz not null
);
create index venue_photos_venue_id_idx on venue_photos (venue_id, position);

-- A venue, or one space of it, is shut for a while.
create table closures (
    id         uuid primary key,
    venue_id   uuid not null references venues on delete cascade,
    space_id   uuid references spaces on delete cascade,
    starts_at  timestamptz not null,
    ends_at    timestamptz not null,
    reason     varchar(200) not null,
    created_at timestamptz not null,
    lifted_at  timestamptz,
    check (starts_at < ends_at)
);
create index closures_venue_id_idx on closures (venue_id, starts_at);

-- Public holidays, and working days moved onto a weekend, which then count as the weekday they stand in for.
create table holidays (
    day       date primary key,
    name      varchar(60) not null,
    kind      varchar(8) not null check (kind in ('holiday', 'workday')),
    stands_in smallint check (stands_in between 0 and 6),
    check (stands_in is null or kind = 'workday')
);
