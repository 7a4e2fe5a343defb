// Where a request was sent to, as far as that may be believed. Pure.
#pragma once

#include <string>

#include "wire/http_message.h"

namespace hubbub {

// "http://192.168.1.5:8080" when the Host header is localhost or a loopback or private-network
// address; empty for names and public addresses. A Host that is a name could be anybody's that
// points here (DNS rebinding); an address is what the browser really connected to.
std::string own_origin(const HttpRequest& request);

// The scheme, host and port of an http(s) URL; empty when it is none.
std::string origin_of(const std::string& url);

// A browser says with each form from where it was sent. True when that was this server's own page,
// and when nothing is said: then the form's token decides alone.
bool is_from_here(const HttpRequest& request, const std::string& public_url);

}  // namespace hubbub
