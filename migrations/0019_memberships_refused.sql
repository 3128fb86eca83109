-- The end of a union once ended, with it, the requests of people who had only asked to join: nothing of theirs had been, so nothing has
-- ended. They are refused, as such requests are now; an officer's reason that stood there is told again. It was written in the same
-- moment as the union's end, which tells it from a request that an officer ended. Nobody joins by this: the trigger need not look.
alter table memberships disable trigger memberships_open_union;
update memberships m set state = 'unverified', rejected_at = coalesce(m.rejected_at, m.ended_at), ended_at = null from unions u
 where u.id = m.union_id and m.state = 'ended' and m.verified_at is null and m.ended_at = u.ended_at;
alter table memberships enable trigger memberships_open_union;
