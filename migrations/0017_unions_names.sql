-- One name among the unions that are open below one parent, and among the districts: what has ended leaves its name to a successor.
-- Two of one name that are there already, after a double click, are told apart by the end of their ids.
update unions u set name = left(name, 93) || ' (' || right(id::text, 4) || ')'
 where ended_at is null and exists (
    select from unions o where o.ended_at is null and o.parent_id is not distinct from u.parent_id and o.name = u.name and (o.created_at, o.id) < (u.created_at, u.id));
drop index unions_name_key;
create unique index unions_name_key on unions (parent_id, name) nulls not distinct where ended_at is null;

-- Accounts that nobody confirms are deleted after a while, unless they have bookings; so that Accounts need not know those.
create function has_bookings(person uuid) returns boolean stable language sql as $$ select exists (select from bookings where member_id = person) $$;
create index users_unconfirmed_idx on users (created_at) where not email_confirmed and deleted_at is null;
