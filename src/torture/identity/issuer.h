// The OpenID provider of a run: publishes its discovery document and its key set on loopback, so
// that the server takes the tokens of TokenMaker. It is never broken: who may come in is not what
// is tried here.
//
// Has a thread of its own.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <string_view>
#include <thread>

#include "torture/identity/token_maker.h"

namespace hubbub::torture {

class Issuer {
 public:
  Issuer();
  Issuer(const Issuer&) = delete;
  Issuer& operator=(const Issuer&) = delete;
  ~Issuer();

  [[nodiscard]] const TokenMaker& tokens() const { return tokens_; }
  [[nodiscard]] const std::string& url() const { return tokens_.issuer(); }

 private:
  void serve();
  [[nodiscard]] std::string body_of(std::string_view path) const;

  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  const TokenMaker tokens_;
  std::thread thread_;
};

}  // namespace hubbub::torture
