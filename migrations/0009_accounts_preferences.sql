-- Whether the person ever chose language and letters themselves: only then does the account know better than a new device.
alter table users add column preferences_chosen boolean not null default false;
update users set preferences_chosen = true where language <> 'zh-CN' or elder_mode;
