-- The time step of the authenticator code that was accepted last: a code counts once (RFC 6238, 5.2).
alter table users add column last_totp_step bigint;

-- A card is held only by who confirmed their address: who has not, waits for that.
update memberships m set state = 'unverified', verified_at = null, verified_by = null, verified_how = null
  from users u where u.id = m.user_id and m.state = 'verified' and not u.email_confirmed and u.deleted_at is null;
