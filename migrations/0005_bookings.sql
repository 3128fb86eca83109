-- Bookings. A slot's counter and its bookings change together in one transaction; see Bookings/BookingWriter.cs.

create table bookings (
    id              uuid primary key,
    slot_id         uuid not null,
    venue_id        uuid not null,
    -- Null: a guest the desk let in by name, or a member who has had their data erased since.
    member_id       uuid,
    guest_name      varchar(100),
    -- The member's union at the time. No foreign key: unions are never deleted, and its check would cost every booking
    -- a lock on one of a few rows.
    union_id        uuid,
    activity        varchar(30) not null,
    starts_at       timestamptz not null,
    ends_at         timestamptz not null,
    party_size      integer not null check (party_size between 1 and 2000),
    -- Places it takes of the slot's capacity: the party, or 1 where the space is exclusive.
    places          integer not null check (places > 0),
    code            char(6) not null,
    state           varchar(10) not null default 'booked'
                    check (state in ('booked', 'checked_in', 'attended', 'cancelled', 'released', 'no_show')),
    walk_in         boolean not null default false,
    created_at      timestamptz not null,
    -- Reconfirmation: asked for when the booking was made more than three days ahead.
    confirm_from    timestamptz,
    confirm_by      timestamptz,
    confirmed_at    timestamptz,
    checked_in_at   timestamptz,
    checked_in_by   uuid references users on delete set null,
    headcount       integer check (headcount > 0),
    ended_at        timestamptz,
    ended_by        uuid references users on delete set null,
    end_reason      varchar(30),
    late            boolean not null default false,
    -- Grows with every change that a calendar must notice (RFC 5545 SEQUENCE).
    sequence        integer not null default 0,
    -- The Idempotency-Key or form token of the request that made it: a repeated request finds it instead of making another.
    request_id      uuid
);
-- In place of foreign keys to slots and users. BookingWriter inserts only while it holds locks on the slot and the membership,
-- so looking both up once more for every row would be a third of a booking's cost; that nothing booked is deleted is kept here.
create function forbid_while_booked() returns trigger language plpgsql as $$
begin
    if exists (select from bookings where (tg_table_name = 'slots' and slot_id = old.id) or (tg_table_name = 'users' and member_id = old.id)) then
        raise exception '% % has bookings', tg_table_name, old.id
            using errcode = 'foreign_key_violation', constraint = 'bookings_' || tg_table_name || '_fkey';
    end if;
    return old;
end $$;
create trigger slots_booked before delete on slots for each row execute function forbid_while_booked();
create trigger users_booked before delete on users for each row execute function forbid_while_booked();

-- One active booking per member and slot; by slot first, so that it also finds who has a slot.
create unique index bookings_member_slot_key on bookings (slot_id, member_id) where state in ('booked', 'checked_in');
-- A code is unique among the live bookings of a venue.
create unique index bookings_code_key on bookings (venue_id, code) where state in ('booked', 'checked_in');
create unique index bookings_request_key on bookings (request_id, member_id) nulls not distinct where request_id is not null;
create index bookings_member_idx on bookings (member_id, starts_at desc);
create index bookings_due_idx on bookings (starts_at) where state in ('booked', 'checked_in');
create index bookings_confirm_idx on bookings (confirm_by) where state = 'booked' and confirmed_at is null and confirm_by is not null;

-- What a union's daily cap counts.
create index bookings_union_idx on bookings (union_id, starts_at) where state in ('booked', 'checked_in', 'attended');

-- Calendar feeds: only a hash of the secret is kept.
create table calendar_feeds (
    user_id     uuid primary key references users on delete cascade,
    token_hash  bytea not null unique,
    created_at  timestamptz not null
);

-- The key that signs QR tickets. The private part is protected by the keys of data_protection_keys.
create table ticket_keys (
    id          integer primary key check (id = 1),
    private_key bytea not null,
    public_key  bytea not null,
    created_at  timestamptz not null
);
