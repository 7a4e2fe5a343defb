-- At the first start of PostgreSQL's image, as its superuser, in the database of POSTGRES_DB: a role for each of
-- the two that share it, as in the old installation, and for each only what is its own.
\getenv keycloak_password KEYCLOAK_DB_PASSWORD
\getenv hubbub_password HUBBUB_DB_PASSWORD

CREATE ROLE keycloak LOGIN PASSWORD :'keycloak_password';
CREATE ROLE hubbub LOGIN PASSWORD :'hubbub_password';

SELECT current_database() AS database \gset
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO keycloak, hubbub;

ALTER SCHEMA public OWNER TO keycloak;
CREATE SCHEMA chatserver AUTHORIZATION hubbub;

-- Hubbub shows the names of people whom it has not seen yet from Keycloak's own table, which Keycloak makes
-- later. These columns of it and nothing else: the tables beside it hold secrets. In a schema of its own, so
-- that each of the other two belongs to one role with all that is in it.
CREATE SCHEMA installation;
GRANT USAGE ON SCHEMA installation TO keycloak;
CREATE FUNCTION installation.show_names() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands()
             WHERE object_identity = 'public.user_entity') THEN
    GRANT SELECT (id, username, realm_id) ON public.user_entity TO hubbub;
  END IF;
END $$;
CREATE EVENT TRIGGER show_names ON ddl_command_end WHEN TAG IN ('CREATE TABLE')
  EXECUTE FUNCTION installation.show_names();
