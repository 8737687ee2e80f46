-- The rights of the server's own role on an office in PostgreSQL: to read, to add, and to alter only what is there to be altered. It owns nothing, defines nothing, and can neither alter nor
-- remove an event of the journal, a node of its tree, a checkpoint, a posting of the ledger or a step of a case.
--
-- Run as the owner of the database, once after `koshi office init` (also as the owner), and again after each upgrade, before the new server starts:
--
--     createuser koshi_service                      # with whatever proves it: pg_hba.conf
--     psql --set=service=koshi_service --file=deploy/least_rights.sql postgresql://owner@…/koshi
--     koshi serve --data postgresql://koshi_service@…/koshi --keys /srv/koshi …
--
-- Commands that define tables or put back what was there (init, restore, rebuild --repair, and any command after an upgrade) are the owner's.
\set ON_ERROR_STOP on
BEGIN;
SELECT format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', current_schema(), :'service') \gexec
SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema()) \gexec
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), :'service') \gexec
SELECT format('GRANT SELECT ON %I TO %I', tablename, :'service') FROM pg_tables WHERE schemaname = current_schema() \gexec
SELECT format('GRANT INSERT ON %I TO %I', tablename, :'service') FROM pg_tables
 WHERE schemaname = current_schema() AND tablename <> 'store_migration' \gexec
SELECT format('GRANT UPDATE ON %I TO %I', tablename, :'service') FROM pg_tables
 WHERE schemaname = current_schema()
   AND tablename NOT IN ('store_migration', 'journal_event', 'journal_node', 'journal_checkpoint', 'ledger_posting', 'desk_step') \gexec
SELECT format('GRANT DELETE ON %I TO %I', tablename, :'service') FROM pg_tables
 WHERE schemaname = current_schema() AND tablename NOT LIKE 'journal%' AND tablename NOT LIKE 'ledger%'
   AND tablename NOT IN ('store_migration', 'desk_step', 'desk_notice', 'people_account', 'people_person', 'people_employer') \gexec
COMMIT;
