// What the newest build is, and the script that waits for it in the page.
#include "server/site/change_feed.h"

#include <utility>

#include "core/base/json.h"

namespace octavo {

ChangeFeed::State ChangeFeed::state() const {
  const std::lock_guard lock(mutex_);
  return current();
}

void ChangeFeed::announce(std::string problems) {
  const std::lock_guard lock(mutex_);
  ++build_;
  problem_ = std::move(problems);
  if (listener_) listener_();
}

void ChangeFeed::announce_failure(std::string reason) {
  const std::lock_guard lock(mutex_);
  problem_ = std::move(reason);
  if (listener_) listener_();
}

void ChangeFeed::set_listener(std::function<void()> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

std::string ChangeFeed::page_addition() const {
  return "<script type=\"module\" src=\"" + std::string(kLiveScriptPath) + "?" + state().build + "\"></script>\n";
}

std::string change_event(const ChangeFeed::State& state) {
  JsonWriter json;
  json.begin_object().key("build").value(state.build).key("problem").value(state.problem).end_object();
  return "data: " + json.take() + "\n\n";
}

std::string live_script() {
  return R"(// Reloads this page when the site was built anew. From `octavo serve`; it is not in the published site.
const mine = new URL(import.meta.url).search.slice(1);
const changes = new EventSource('/_octavo/changes');
let note = null;

changes.onmessage = async ({ data }) => {
  const { build, problem } = JSON.parse(data);
  if (build !== mine) {
    changes.close();
    // What a service worker keeps is the former build.
    const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    await Promise.all(workers.map((worker) => worker.unregister()));
    location.reload();
    return;
  }
  note?.remove();
  note = problem === '' ? null : document.body.appendChild(noteOf(problem));
};

// A page that is left for another one must not hold a connection.
addEventListener('pagehide', () => changes.close());

function noteOf(problem) {
  const element = document.createElement('pre');
  element.setAttribute('role', 'alert');
  element.textContent = `Not shown:\n${problem}`;
  Object.assign(element.style, {
    position: 'fixed', inset: 'auto 0 0 0', margin: 0, padding: '1em', maxHeight: '40vh', overflow: 'auto', zIndex: 9999,
    background: '#7a1020', color: '#fff', font: '14px/1.4 ui-monospace, monospace', whiteSpace: 'pre-wrap', direction: 'ltr',
  });
  return element;
}
)";
}

}  // namespace octavo
