"""The connection to PostgreSQL over TLS: libpq's parameters in the URL say how much is checked."""

import datetime
import ipaddress
import os

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from harness.postgresql import Postgresql
from harness.server import Server, temporary_folder

PASSWORD = "correct-horse-battery"


def make_certificate():
    """Of 127.0.0.1, signed by itself; certificate and key as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "postgresql under test")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256()))
    pem = serialization.Encoding.PEM
    return certificate.public_bytes(pem), key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


@pytest.fixture(scope="module")
def certificate():
    return make_certificate()


@pytest.fixture(scope="module")
def cluster(certificate):
    with temporary_folder() as folder:
        cluster = Postgresql(folder, certificate=certificate).start()
        cluster.make_database("hubbub")
        yield cluster
        cluster.close()


@pytest.fixture
def url(cluster, tmp_path):
    """url(certificate) -> that of the database, with a certificate to trust and a password."""
    def make(trusted):
        path = os.path.join(tmp_path, "trusted.crt")
        with open(path, "wb") as file:
            file.write(trusted)
        plain = cluster.url("hubbub").replace("hubbub@", f"hubbub:{PASSWORD}@")
        return f"{plain}?sslmode=verify-full&sslrootcert={path}"
    return make


def test_what_is_verified_is_encrypted(make_chat, cluster, certificate, url):
    chat = make_chat(HUBBUB_DATABASE_URL=url(certificate[0]))
    assert "seq" in chat.connect("alice").send("over TLS")
    rows = cluster.execute("SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                           " WHERE application_name = 'hubbub'")
    assert rows and all(is_encrypted for (is_encrypted,) in rows)


def test_a_server_that_cannot_be_verified_is_refused_and_no_password_is_logged(
        cluster, url, tmp_path):
    stranger, _ = make_certificate()
    server = Server(tmp_path, HUBBUB_DATABASE_URL=url(stranger))
    with pytest.raises(AssertionError, match="certificate verify failed"):
        server.start()
    assert PASSWORD not in server.output


def test_a_database_that_is_not_there_is_named_without_the_password(cluster, tmp_path):
    missing = cluster.url("missing").replace("hubbub@", f"hubbub:{PASSWORD}@")
    server = Server(tmp_path, HUBBUB_DATABASE_URL=missing)
    with pytest.raises(AssertionError, match='database "missing" does not exist'):
        server.start()
    assert PASSWORD not in server.output
