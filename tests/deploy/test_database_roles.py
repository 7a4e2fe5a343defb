"""deploy/compose/postgres over a real PostgreSQL: who may see what in the database that Hubbub and
Keycloak share."""

import os
import re
import subprocess

import psycopg
import pytest

from harness.postgresql import SUPERUSER, Postgresql
from harness.server import REPOSITORY, Server, temporary_folder

ROLES = os.path.join(REPOSITORY, "deploy/compose/postgres/10-roles.sql")
PASSWORDS = {"KEYCLOAK_DB_PASSWORD": "it's \"k\"", "HUBBUB_DB_PASSWORD": "h"}
# As Keycloak has them, as far as it matters here.
KEYCLOAKS_TABLES = """
CREATE TABLE public.user_entity(id varchar(36) PRIMARY KEY, email text, username text,
                                realm_id text);
CREATE TABLE public.credential(id varchar(36) PRIMARY KEY, secret_data text);
INSERT INTO public.user_entity VALUES ('1', 'alice@example.org', 'alice', 'r');
"""


@pytest.fixture(scope="module")
def postgresql():
    with temporary_folder() as folder:
        postgresql = Postgresql(folder).start()
        try:
            postgresql.make_database("keycloak")
            # The harness's superuser has the name that is made here.
            postgresql.execute("CREATE ROLE postgres SUPERUSER LOGIN")
            as_role(postgresql, "postgres", f"ALTER ROLE {SUPERUSER} RENAME TO harness")
            # As the image's entry point runs what it finds.
            subprocess.run(["psql", "-v", "ON_ERROR_STOP=1", "--no-password", "--no-psqlrc",
                            "--file", ROLES, url_of(postgresql, "postgres")], check=True,
                           env={"PATH": os.environ["PATH"], **PASSWORDS})
            as_role(postgresql, "keycloak", KEYCLOAKS_TABLES)
            yield postgresql
        finally:
            postgresql.close()


def url_of(postgresql, role, database="keycloak"):
    return postgresql.url(database).replace(f"{SUPERUSER}@", f"{role}@")


def as_role(postgresql, role, statement, database="keycloak"):
    url = url_of(postgresql, role, database)
    with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def refused(postgresql, role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role(postgresql, role, statement)


def test_hubbub_sees_names_and_nothing_else_of_keycloak(postgresql):
    names = as_role(postgresql, "hubbub", "SELECT id, username FROM public.user_entity")
    assert names == [("1", "alice")]
    refused(postgresql, "hubbub", "SELECT email FROM public.user_entity")
    refused(postgresql, "hubbub", "UPDATE public.user_entity SET username = 'x'")
    refused(postgresql, "hubbub", "SELECT * FROM public.credential")
    refused(postgresql, "hubbub", "CREATE TABLE public.mine(id int)")
    refused(postgresql, "hubbub", "CREATE SCHEMA mine")


def test_keycloak_sees_nothing_of_hubbub(postgresql):
    as_role(postgresql, "hubbub", "CREATE TABLE chatserver.secret(id int)")
    refused(postgresql, "keycloak", "SELECT * FROM chatserver.secret")
    refused(postgresql, "keycloak", "CREATE TABLE chatserver.mine(id int)")


def test_hubbub_starts_there_as_its_own_role(postgresql):
    with temporary_folder() as folder:
        server = Server(folder, HUBBUB_DATABASE_URL=url_of(postgresql, "hubbub"))
        server.start()
        server.stop()
    (count,) = as_role(postgresql, "hubbub", "SELECT count(*) FROM chatserver.channels")[0]
    assert count >= 1


def test_each_role_has_the_password_of_the_environment(postgresql):
    stored = as_role(postgresql, "postgres", "SELECT rolname FROM pg_authid WHERE rolpassword "
                     "LIKE 'SCRAM-%'")
    assert {name for (name,) in stored} == {"keycloak", "hubbub"}
    mighty = as_role(postgresql, "postgres", "SELECT rolname FROM pg_roles WHERE rolcanlogin "
                     "AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls)")
    assert {name for (name,) in mighty} == {"postgres", "harness"}


def test_a_dump_comes_back_with_its_owners_and_under_new_epochs(postgresql):
    """By the words of docs/operations.md: the whole database, as in the containers."""
    with open(os.path.join(REPOSITORY, "docs/operations.md"), encoding="utf-8") as file:
        new_epochs = re.search(r"^ +(UPDATE chatserver\..*;) +-- PostgreSQL$", file.read(),
                               re.MULTILINE)[1]
    url = url_of(postgresql, "postgres")
    epochs = "SELECT epoch FROM chatserver.logs ORDER BY id"
    with temporary_folder() as folder:
        server = Server(folder, HUBBUB_DATABASE_URL=url_of(postgresql, "hubbub")).start()
        before = as_role(postgresql, "hubbub", epochs)
        dump = os.path.join(folder, "copy.dump")
        subprocess.run(["pg_dump", "--format=custom", f"--file={dump}", url], check=True)
        server.stop()
        as_role(postgresql, "hubbub", "DELETE FROM chatserver.channels")
        subprocess.run(["pg_restore", "--clean", "--if-exists", f"--dbname={url}", dump],
                       check=True)
        as_role(postgresql, "hubbub", new_epochs)
        after = as_role(postgresql, "hubbub", epochs)
        assert len(after) == len(set(after)) == len(before) > 0 and not set(after) & set(before)
        server.start()
        server.stop()
    # Keycloak's too, and what each may see of the other.
    names = as_role(postgresql, "hubbub", "SELECT username FROM public.user_entity")
    assert names == [("alice",)]
    refused(postgresql, "hubbub", "SELECT * FROM public.credential")
    as_role(postgresql, "keycloak", "DELETE FROM public.credential")
