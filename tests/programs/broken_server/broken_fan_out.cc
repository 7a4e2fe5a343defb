// Messages that nobody is shown, and a replay that joins the live log too late.
#include "breakage.h"
#include "hub/topic.h"
#include "log/publication.h"

namespace hubbub {

Shared<Publication> real_make_publication(const CommitOutcome& outcome) __asm__(
    "__real__ZN6hubbub16make_publicationERKNS_13CommitOutcomeE");
Shared<Publication> broken_make_publication(const CommitOutcome& outcome) __asm__(
    "__wrap__ZN6hubbub16make_publicationERKNS_13CommitOutcomeE");

Shared<Publication> broken_make_publication(const CommitOutcome& outcome) {
  auto publication = real_make_publication(outcome);
  if (broken::breakage() != broken::Breakage::kDrop || !publication) return publication;
  auto thinned = std::make_shared<Publication>(*publication);
  for (auto& entry : thinned->entries) {
    if (broken::is_nth_time(100)) entry.v1_frame = entry.v1_author_frame = nullptr;
  }
  return thinned;
}

bool real_add(Topic* topic, Subscriber& subscriber,
              std::size_t slot) __asm__("__real__ZN6hubbub5Topic3addERNS_10SubscriberEm");
bool broken_add(Topic* topic, Subscriber& subscriber,
                std::size_t slot) __asm__("__wrap__ZN6hubbub5Topic3addERNS_10SubscriberEm");

bool broken_add(Topic* topic, Subscriber& subscriber, std::size_t slot) {
  const auto& subscription = subscriber.subscriptions()[slot];
  if (broken::breakage() == broken::Breakage::kSeam && topic->head() &&
      *topic->head() > subscription.position) {
    const_cast<Subscription&>(subscription).position = *topic->head();
  }
  return real_add(topic, subscriber, slot);
}

}  // namespace hubbub
