-- Nobody ever read them: whether it was late follows from the times, and the public half of a key from the private one.
alter table bookings drop column late;
alter table ticket_keys drop column public_key;
