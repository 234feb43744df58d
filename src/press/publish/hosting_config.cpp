// Writing the hosts' files.
#include "press/publish/hosting_config.h"

namespace octavo {

std::string hosting_headers(const PolicySources& policy) {
  std::string text = "/*\n  Content-Security-Policy: " + content_security_policy(policy, PolicyDelivery::Header) + "\n";
  text +=
      "  X-Content-Type-Options: nosniff\n"
      "  Referrer-Policy: no-referrer\n"
      "  Cross-Origin-Opener-Policy: same-origin\n"
      "  Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
      "microphone=(), midi=(), payment=(), usb=()\n"
      "  Strict-Transport-Security: max-age=31536000\n";
  // A host joins the values of a header that two rules set, so each address has one rule for its caching.
  for (const char* folder : {"/assets/*", "/bundle/*", "/media/*"}) {
    text += std::string(folder) + "\n  Cache-Control: public, max-age=31536000, immutable\n";
  }
  for (const char* file : {"/octavo.json", "/sw.js"}) text += std::string(file) + "\n  Cache-Control: no-cache\n";
  return text;
}

Status write_hosting_config(const PolicySources& policy, OutputFolder& output) {
  if (Status status = output.write("_headers", hosting_headers(policy)); !status) return status;
  if (output.has(".nojekyll")) return Unit{};
  return output.write(".nojekyll", "");
}

}  // namespace octavo
