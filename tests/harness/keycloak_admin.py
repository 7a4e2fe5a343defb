"""Keycloak's administration, as far as the tests need it."""

import httpx

from harness.patience import SOON


class Admin:
    """Acts in one realm."""

    def __init__(self, url, realm, username, password):
        self._credentials = {"grant_type": "password", "client_id": "admin-cli",
                             "username": username, "password": password}
        self._token_url = f"{url}/realms/master/protocol/openid-connect/token"
        self._url = f"{url}/admin/realms"
        self._realm = realm
        self._http = httpx.Client(timeout=4 * SOON, trust_env=False)

    def close(self):
        self._http.close()

    def _ask(self, method, path, json=None, params=None, realm=None):
        # A token lives a minute: one for each request is simplest.
        token = self._http.post(self._token_url, data=self._credentials).json()["access_token"]
        target = f"{self._url}/{realm or self._realm}{path}" if realm != "" else self._url + path
        answer = self._http.request(method, target, json=json, params=params,
                                    headers={"Authorization": f"Bearer {token}"})
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer

    # --- people ---

    def create_user(self, username, password, roles=(), realm=None):
        """Returns the id."""
        made = self._ask("POST", "/users", realm=realm, json={
            "username": username, "enabled": True, "email": f"{username}@example.org",
            "firstName": username.capitalize(), "lastName": "Example",
            "credentials": [{"type": "password", "value": password, "temporary": False}]})
        user_id = made.headers["location"].rsplit("/", 1)[1]
        for role in roles:
            self.grant(user_id, role)
        return user_id

    def _role(self, name):
        return self._ask("GET", f"/roles/{name}").json()

    def grant(self, user_id, role):
        self._ask("POST", f"/users/{user_id}/role-mappings/realm", json=[self._role(role)])

    def revoke(self, user_id, role):
        self._ask("DELETE", f"/users/{user_id}/role-mappings/realm", json=[self._role(role)])

    def sign_out(self, user_id):
        """All sessions of a person, as the button in the console does."""
        self._ask("POST", f"/users/{user_id}/logout")

    def sessions(self, user_id):
        """The ids of a person's sessions."""
        return [one["id"] for one in self._ask("GET", f"/users/{user_id}/sessions").json()]

    def end_session(self, session_id):
        self._ask("DELETE", f"/sessions/{session_id}")

    def grant_administration(self, user_id):
        """Every right over the realm itself."""
        client, = self._ask("GET", "/clients", params={"clientId": "realm-management"}).json()
        role = self._ask("GET", f"/clients/{client['id']}/roles/realm-admin").json()
        self._ask("POST", f"/users/{user_id}/role-mappings/clients/{client['id']}", json=[role])

    def accepts(self, token):
        """Whether Keycloak takes it for an administrator's."""
        return self._http.get(f"{self._url}/{self._realm}/users",
                              headers={"Authorization": f"Bearer {token}"}).is_success

    # --- the realm ---

    def change_realm(self, **settings):
        self._ask("PUT", "", json=settings)

    def create_realm(self, name):
        self._ask("POST", "", realm="", json={"realm": name, "enabled": True})

    def create_client(self, client_id, realm=None, **settings):
        self._ask("POST", "/clients", realm=realm, json={
            "clientId": client_id, "publicClient": True, "directAccessGrantsEnabled": True,
            **settings})

    # --- keys ---

    def _key_providers(self):
        return self._ask("GET", "/components",
                         params={"type": "org.keycloak.keys.KeyProvider"}).json()

    def rotate_keys(self):
        """New tokens are signed with a new key; the old one stays published. Returns its id."""
        realm_id = self._ask("GET", "").json()["id"]
        providers = [one for one in self._key_providers() if one["providerId"] == "rsa-generated"]
        highest = max(int(one["config"].get("priority", ["0"])[0]) for one in providers)
        self._ask("POST", "/components", json={
            "name": f"rsa-{highest + 1}", "parentId": realm_id, "providerId": "rsa-generated",
            "providerType": "org.keycloak.keys.KeyProvider",
            "config": {"priority": [str(highest + 1)], "keySize": ["2048"],
                       "algorithm": ["RS256"]}})
        return [one["id"] for one in providers]

    def withdraw_keys(self, provider_ids):
        """They are not published any more."""
        for provider_id in provider_ids:
            self._ask("DELETE", f"/components/{provider_id}")
