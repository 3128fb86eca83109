-- A new security stamp ends every session and token that carries the old one. Each instance keeps the few stamps that changed
-- lately in memory and is told of a change, so that no request has to ask (see Accounts/EndedSessions.cs). Written by the trigger
-- alone, so that no way of changing a stamp can forget it; the clock is the database's.

alter table users add column sessions_ended_at timestamptz;
create index users_sessions_ended_at_idx on users (sessions_ended_at) where sessions_ended_at is not null;

create function end_sessions() returns trigger language plpgsql as $$
begin
    new.sessions_ended_at := now();
    perform pg_notify('sessions_ended', '');
    return new;
end $$;
create trigger users_sessions before update on users for each row
    when (old.security_stamp is distinct from new.security_stamp) execute function end_sessions();
