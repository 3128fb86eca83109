-- What staff wrote to whoever had booked what they took away. It stays with the booking: the mail that said it goes after ninety days.
alter table bookings add column end_note text;
update bookings b set end_note = o.payload ->> 'note' from outbox o
 where o.kind = 'booking_closed' and o.dedupe_key = b.id::text and o.payload ->> 'note' <> '' and b.state = 'cancelled';
