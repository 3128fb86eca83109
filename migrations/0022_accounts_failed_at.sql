-- When a wrong password or code was last counted: guesses at an account that an administrator locked lapse as a lockout does.
alter table users add column last_failed_at timestamptz;
