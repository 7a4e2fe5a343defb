// Tests only: a browser as far as the provider can tell, without a network.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "auth/json_object.h"
#include "wire/http_message.h"

namespace hubbub {

class TestBrowser {
 public:
  using Server = std::function<HttpResponse(HttpRequest)>;
  explicit TestBrowser(Server server) : server_(std::move(server)) {}

  const HttpResponse& get(const std::string& url) { return send("GET", url, ""); }
  // Posts the fields to `url`, with the hidden fields of the page shown last, as its form would.
  const HttpResponse& post(const std::string& url, FormFields fields) {
    if (sends_form_token) fields.emplace_back("form_token", hidden("form_token"));
    return send("POST", url, encode(fields));
  }

  [[nodiscard]] std::string header(std::string_view name) const {
    for (const auto& [key, value] : last.headers) {
      if (equal_ignoring_case(key, name)) return value;
    }
    return {};
  }
  [[nodiscard]] bool shows(const std::string& text) const {
    return last.body.find(text) != std::string::npos;
  }
  // The value of a hidden field of the page shown last.
  [[nodiscard]] std::string hidden(const std::string& name) const {
    const auto start = "name=\"" + name + "\" value=\"";
    const auto at = last.body.find(start);
    if (at == std::string::npos) return {};
    const auto from = at + start.size();
    return last.body.substr(from, last.body.find('"', from) - from);
  }
  // A parameter of the address that the last answer redirected to.
  [[nodiscard]] std::string redirected(const std::string& name) const {
    const auto location = header("Location");
    const auto at = location.find_first_of("?#");
    if (at == std::string::npos) return {};
    const auto fields = parse_form(location.substr(at + 1));
    return fields ? std::string(form_field(*fields, name)) : "";
  }
  [[nodiscard]] std::string json(const std::string& name) const {
    const auto object = JsonObject::parse(last.body);
    return object ? std::string(object->string(name).value_or("")) : "";
  }

  static std::string encode(const FormFields& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
      text += (text.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    }
    return text;
  }

  HttpResponse last;
  std::map<std::string, std::string> cookies;
  std::string host = "chat.example";
  std::string origin = "https://chat.example";
  std::string address = "10.0.0.1";
  std::string authorization;
  bool is_secure = true;
  bool sends_form_token = true;

 private:
  const HttpResponse& send(const std::string& method, const std::string& url, std::string body) {
    HttpRequest request{.method = method,
                        .path = url.substr(0, url.find('?')),
                        .query = {},
                        .headers = {{"Host", host}},
                        .body = std::move(body),
                        .address = address,
                        .peer_address = address,
                        .is_secure = is_secure};
    if (url.find('?') != std::string::npos) request.query = url.substr(url.find('?') + 1);
    if (method == "POST" && !origin.empty()) request.headers.emplace_back("Origin", origin);
    if (!authorization.empty()) request.headers.emplace_back("Authorization", authorization);
    std::string jar;
    for (const auto& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
    if (!jar.empty()) request.headers.emplace_back("Cookie", jar);
    last = server_(std::move(request));
    for (const auto& [key, value] : last.headers) {
      if (!equal_ignoring_case(key, "Set-Cookie")) continue;
      const auto name = value.substr(0, value.find('='));
      const auto text = value.substr(name.size() + 1, value.find(';') - name.size() - 1);
      if (text.empty()) {
        cookies.erase(name);
      } else {
        cookies[name] = text;
      }
    }
    return last;
  }

  const Server server_;
};

}  // namespace hubbub
