-- Names of guests are blanked after a while: the few bookings that still have one.
create index bookings_guest_idx on bookings (starts_at) where guest_name is not null;
