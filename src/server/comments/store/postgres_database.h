// Comments in PostgreSQL: for as many servers, on as many machines, as share one database.
#pragma once

#include <memory>
#include <string>

#include "server/comments/store/database.h"

namespace octavo {

// `address` as PostgreSQL's own programs take it: "postgresql://user@host/name" or "host=... dbname=...".
Result<std::unique_ptr<Database>> open_postgres_database(const std::string& address);

}  // namespace octavo
