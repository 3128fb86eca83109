-- Nobody ever read who ended a booking: the audit log says it where it was not the member.
alter table bookings drop column ended_by;
-- Who checked somebody in may name an account that is gone since, as the audit log does. Its check cost every booking, and every
-- deleted account a look through all of them.
alter table bookings drop constraint bookings_checked_in_by_fkey;
