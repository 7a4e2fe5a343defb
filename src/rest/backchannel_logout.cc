// POST /backchannel-logout: the issuer says that somebody signed out (OpenID Connect Back-Channel
// Logout 1.0). docs/api.md, Signing out.
#include "base/log_line.h"
#include "rest/handlers.h"
#include "rest/reply.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

// 2.8: as RFC 6749 5.2 has errors.
HttpResponse refused(std::string_view why) {
  JsonWriter json;
  json.object().member("error", "invalid_request").member("error_description", why).end_object();
  return json_reply(400, json.take());
}

}  // namespace

void post_backchannel_logout(Api& api, const RestCall& call) {
  if (!api.issuer()) {
    return call.refuse(Error{Code::kNotFound, "People sign in and out here, with no other issuer"});
  }
  const auto form = parse_form(call.request.body);
  if (!form) return call.reply(refused("the body is no form"));
  const auto token = form_field(*form, "logout_token");
  if (token.empty()) return call.reply(refused("logout_token is missing"));
  api.issuer()->logouts.take(
      std::string(token), api.host().reactor,
      [&api, call = RestAnswer(call)](Result<SignOut> sign_out) {
        if (!sign_out) {
          const auto& error = sign_out.error();
          LogLine(Level::kWarning, "logout_token_refused").with("reason", error.detail);
          if (error.code == Code::kUnavailable) return call.refuse(error);
          return call.reply(refused(error.detail));
        }
        // Every reactor has it queued before the issuer hears that it is done.
        api.services().bus.publish(std::make_shared<const SignOut>(std::move(*sign_out)));
        LogLine(Level::kInfo, "signed_out_by_issuer");
        call.reply({200, {{"Cache-Control", "no-store"}}, {}});
      });
}

}  // namespace hubbub::rest
