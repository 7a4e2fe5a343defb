#include "rest/provider/html.h"

namespace hubbub {
namespace {

// The colours of the chat page (web/src/app/tokens.css). 16px in fields: below, phones zoom in.
constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--side:#f6f5f2;--card:#fff;--line:#cfcbc2;--text:#23211d;
--muted:#68655d;
--accent:#3d5a9e;--link:#2f4a8c;--on:#fff;--bad:#b3261e;--bads:#fdecea}
@media (prefers-color-scheme:dark){:root{--side:#151618;--card:#1c1d20;--line:#43464d;
--text:#e8e6e1;
--muted:#a09d95;--accent:#8ba4e0;--link:#a9bdec;--on:#14161c;--bad:#f2938c;--bads:#3a1a18}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;
justify-content:center;padding:24px 16px;background:var(--side);color:var(--text);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:400px;background:var(--card);border:1px solid var(--line);
border-radius:14px;
padding:28px 24px}
.server{color:var(--muted);font-size:14px;margin:0 0 4px}
h1{font-size:24px;line-height:1.25;margin:0 0 20px}
h2{font-size:18px;margin:32px 0 12px}
p{margin:0 0 16px}
label{display:block;font-weight:600;margin:0 0 4px}
.field{margin:0 0 18px}
input{width:100%;padding:10px 12px;font:inherit;color:inherit;background:var(--card);
border:1px solid var(--line);border-radius:8px}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--accent);
outline-offset:2px}
input[aria-invalid]{border-color:var(--bad)}
.hint{color:var(--muted);font-size:14px;margin:4px 0 0}
.error{color:var(--bad);font-size:14px;margin:4px 0 0}
.problem{color:var(--bad);background:var(--bads);border-radius:8px;padding:10px 12px}
button,.button{display:block;width:100%;padding:12px;font:inherit;font-weight:600;
text-align:center;
text-decoration:none;color:var(--on);background:var(--accent);border:0;border-radius:8px;
cursor:pointer}
a{color:var(--link)}
.after{margin:20px 0 0;color:var(--muted);font-size:15px}
)";

void append_attribute(std::string& html, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  html.append(" ").append(name).append("=\"").append(escape_html(value)).append("\"");
}

std::string field_html(const Field& field) {
  const auto error_id = field.name + "-error";
  const auto hint_id = field.name + "-hint";
  std::string html = "<div class=\"field\"><label for=\"" + escape_html(field.name) + "\">" +
                     escape_html(field.label) + "</label><input";
  append_attribute(html, "id", field.name);
  append_attribute(html, "name", field.name);
  append_attribute(html, "type", field.type);
  append_attribute(html, "value", field.value);
  append_attribute(html, "autocomplete", field.autocomplete);
  if (field.type == "text") html += " autocapitalize=\"none\" spellcheck=\"false\"";
  if (!field.error.empty()) html += " aria-invalid=\"true\"";
  append_attribute(html, "aria-describedby",
                   !field.error.empty()  ? error_id
                   : !field.hint.empty() ? hint_id
                                         : "");
  if (field.is_first) html += " autofocus";
  html += " required>";
  if (!field.error.empty()) {
    html += "<p class=\"error\" role=\"alert\" id=\"" + error_id + "\">" +
            escape_html(field.error) + "</p>";
  }
  if (!field.hint.empty()) {
    html += "<p class=\"hint\" id=\"" + hint_id + "\">" + escape_html(field.hint) + "</p>";
  }
  return html + "</div>";
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string form_html(const Form& form) {
  std::string html;
  if (!form.error.empty()) {
    html += "<p class=\"problem\" role=\"alert\">" + escape_html(form.error) + "</p>";
  }
  html += "<form method=\"post\" action=\"" + escape_html(form.action) + "\">";
  for (const auto& [name, value] : form.hidden) {
    html += "<input type=\"hidden\" name=\"" + escape_html(name) + "\" value=\"" +
            escape_html(value) + "\">";
  }
  for (const auto& field : form.fields) html += field_html(field);
  return html + "<button type=\"submit\">" + escape_html(form.button) + "</button></form>";
}

std::string paragraph(std::string_view text) { return "<p>" + escape_html(text) + "</p>"; }

std::string link(std::string_view href, std::string_view text) {
  return "<a href=\"" + escape_html(href) + "\">" + escape_html(text) + "</a>";
}

std::string button_link(std::string_view href, std::string_view text) {
  return "<a class=\"button\" href=\"" + escape_html(href) + "\">" + escape_html(text) + "</a>";
}

std::string document(std::string_view server_name, std::string_view title, std::string_view body,
                     std::string_view head) {
  std::string html =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
  html.append(head);
  html.append("<title>").append(escape_html(title)).append(" - ").append(escape_html(server_name));
  html.append("</title><style>").append(kStyle).append("</style></head><body><main>");
  html.append("<p class=\"server\">").append(escape_html(server_name)).append("</p>");
  html.append("<h1>").append(escape_html(title)).append("</h1>");
  html.append(body).append("</main></body></html>\n");
  return html;
}

}  // namespace hubbub
