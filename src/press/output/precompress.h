// The output's files compressed beside themselves, "page.html.br" and "page.html.gz", for hosts that send such files (nginx,
// Caddy, Apache). The big static hosts compress by themselves and need none of it.
#pragma once

#include "core/base/result.h"
#include "press/base/progress.h"
#include "press/output/output_folder.h"

namespace octavo {

Status write_compressed(OutputFolder& output, Progress& progress);

}  // namespace octavo
