-- An officer ended this membership: no roster verifies it again, only an officer does.
alter table memberships add column needs_officer boolean not null default false;
update memberships m set needs_officer = true
 where m.state = 'ended' and exists (
    select from audit_entries a where a.action = 'membership.end' and a.subject_id = m.user_id and a.at >= m.ended_at - interval '1 second');

-- Who asked again after an end is not verified: what the membership before it was says nothing.
update memberships set verified_at = null, verified_by = null, verified_how = null where state = 'unverified' and verified_at is not null;

-- Nobody joins a union that has ended. The lock meets the one that ending takes: who comes first is seen by the other.
create function require_open_union() returns trigger language plpgsql as $$
declare
    wanted uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
    perform 1 from unions where id = wanted and ended_at is null for key share;
    if not found then
        raise exception 'union % has ended', wanted using errcode = 'check_violation', constraint = 'union_open_check';
    end if;
    return new;
end $$;
create trigger memberships_open_union before insert or update of union_id, state on memberships
    for each row when (new.union_id is not null and new.state <> 'ended') execute function require_open_union('union_id');
create trigger roster_entries_open_union before insert on roster_entries
    for each row when (new.removed_at is null) execute function require_open_union('union_id');
create trigger unions_open_parent before insert on unions
    for each row when (new.parent_id is not null) execute function require_open_union('parent_id');

-- The roster of a union that has ended holds no card against another union.
update roster_entries r set removed_at = u.ended_at from unions u where u.id = r.union_id and u.ended_at is not null and r.removed_at is null;

-- Names are one line of what can be seen.
update users set display_name = name from (
    select id as user_id, trim(regexp_replace(regexp_replace(display_name, '[\u0001-\u001f\u007f-\u009f]+', ' ', 'g'), '[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g')) as name from users) clean
 where id = user_id and display_name <> name and name <> '';
update memberships m set name = clean.name from (
    select user_id, trim(regexp_replace(regexp_replace(name, '[\u0001-\u001f\u007f-\u009f]+', ' ', 'g'), '[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g')) as name from memberships) clean
 where m.user_id = clean.user_id and m.name <> clean.name and clean.name <> '';
