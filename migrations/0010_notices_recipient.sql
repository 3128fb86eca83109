-- A person's notices, for their export and when their account is deleted. Without the plain confirmations: they hold nothing of the
-- person, are found by the booking, and in a rush their insert should not pay for this.

create index outbox_recipient_idx on outbox (recipient_id)
    where kind <> 'booking_confirmed' or address is not null or payload <> '{}' or last_error is not null;
