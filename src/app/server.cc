#include "app/server.h"

#include <atomic>
#include <future>
#include <utility>
#include <vector>

#include "app/data_dir.h"
#include "app/identity_source.h"
#include "app/reactor_pulse.h"
#include "app/shared_state.h"
#include "app/valkey_old_queues.h"
#include "base/log_line.h"
#include "base/random.h"
#include "base/worker_pool.h"
#include "net/net_server.h"
#include "rest/pages.h"
#include "session/door.h"
#include "wire/v1_frames.h"

namespace hubbub {
namespace {

constexpr std::size_t kWorkerJobsMax = 100'000;
// A stop has 10 s (server.h): a second for the ends of sessions, four for the store, and what is
// left of nine for connections, whose deadlines may come a second late.
constexpr std::chrono::seconds kRecordWithin{1};
constexpr std::chrono::seconds kCommitWithin{4};
constexpr std::chrono::seconds kCloseBy{8};
// Those who were here come back spread over this time. Unit: milliseconds.
constexpr std::uint32_t kComeBackWithin = 5'000;

// Nothing: every route needs its role.
Result<std::optional<OpenAdmin>> open_admin_of(const Settings& settings,
                                               const TrustedProxies& proxies) {
  if (!settings.compat_open_admin) return std::optional<OpenAdmin>();
  auto from = NetworkList::parse(settings.compat_open_admin_from);
  if (!from) return from.error();
  std::string addresses;
  for (const auto& entry : settings.compat_open_admin_from) {
    addresses.append(addresses.empty() ? "" : ",").append(entry);
  }
  LogLine(Level::kWarning, "administration_is_open").with("from", addresses);
  return std::optional(
      OpenAdmin{std::move(*from), proxies, settings.allowed_origins,
                OpenAdmin::own_hosts(settings.public_url, settings.old_names.public_hostname)});
}

}  // namespace

// All of one reactor.
struct Server::Node {
  Node(Reactor& reactor, const Shared<Directory>& directory, Shared<Restrictions> restrictions,
       const std::vector<Entry>& recent, const SessionServices& services,
       const PublicSettings& public_settings, IdentitySource& identity,
       const HubOptions& hub_options, ListeningSocket socket, const TrustedProxies& proxies,
       const NetLimits& limits)
      : reactor(reactor),
        hub(directory, recent, services.clock, services.metrics, hub_options,
            std::move(restrictions)),
        host(reactor, hub, services),
        door(host),
        api(host, public_settings, mounts(reactor, identity), identity.accounts(),
            identity.issuer_access()),
        net(reactor, std::move(socket), api, door, proxies, limits, services.metrics,
            services.clock) {
    services.bus.attach(reactor, hub);
  }

  static std::vector<Api::Mount> mounts(Reactor& reactor, IdentitySource& identity) {
    auto mounts = identity.routes(reactor);
    mounts.push_back({is_page, [](const HttpRequest& request, const HttpReply& reply) {
                        reply(serve_page(request));
                      }});
    return mounts;
  }

  Reactor& reactor;
  Hub hub;
  SessionHost host;
  Door door;
  Api api;
  NetServer net;
};

// In the order of construction; destroyed in the reverse. Reactors come first: what was posted to
// them may still refer to everything below when their threads have ended.
struct Server::Parts {
  explicit Parts(Settings all, DataDir dir)
      : settings(std::move(all)),
        data_dir(std::move(dir)),
        workers(settings.workers, kWorkerJobsMax) {}

  Settings settings;
  DataDir data_dir;
  Metrics metrics;
  std::vector<std::unique_ptr<Reactor>> reactors;
  ReactorPulse pulse{reactors};
  WorkerPool workers;
  std::unique_ptr<Store> store;
  std::unique_ptr<StoreReader> reader;
  std::unique_ptr<IdentitySource> identity;
  std::unique_ptr<SharedState> state;
  std::unique_ptr<LogWriter> writer;
  std::unique_ptr<NodeState> node_state;
  ServerName name;
  PublicSettings public_settings;
  std::string address;
  std::vector<std::unique_ptr<Node>> nodes;
  bool is_stopped = false;
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::open(Settings settings) {
  auto data_dir = DataDir::open(settings.data_dir);
  if (!data_dir) return data_dir.error();
  auto listening = bind_listeners(settings.listen, settings.reactors, settings.net);
  if (!listening) return listening.error();
  if (settings.public_url.empty()) {
    settings.public_url = "http://localhost:" + std::to_string(listening->port);
  }
  auto proxies = TrustedProxies::parse(settings.trusted_proxies);
  if (!proxies) return proxies.error();
  auto open_admin = open_admin_of(settings, *proxies);
  if (!open_admin) return open_admin.error();

  auto parts = std::make_unique<Parts>(std::move(settings), std::move(*data_dir));
  const auto& all = parts->settings;
  parts->address = listening->address;
  for (std::size_t i = 0; i < all.reactors; ++i) {
    parts->reactors.push_back(std::make_unique<Reactor>(i));
  }
  auto store = open_store(all.database_url, ValkeyOldQueues::of(all).get());
  if (!store) {
    // Not the URL: it may have a password in it.
    return Error{Code::kUnavailable, "HUBBUB_DATABASE_URL: " + store.error().detail};
  }
  parts->store = std::move(*store);
  auto directory = parts->store->directory();
  if (!directory) return directory.error();
  auto restrictions = parts->store->restrictions();
  if (!restrictions) return restrictions.error();
  auto server_id = parts->store->server_id();
  if (!server_id) return server_id.error();
  const HubOptions hub_options{.presence_grace = all.presence_grace};
  auto recent = parts->store->recent_messages(hub_options.recent_count_max);
  if (!recent) return recent.error();
  parts->name = {*server_id, all.server_name};

  const auto shared_directory = std::make_shared<const Directory>(std::move(*directory));
  const auto shared_restrictions = std::make_shared<const Restrictions>(std::move(*restrictions));
  parts->state =
      std::make_unique<SharedState>(all, *parts->store, *shared_directory, parts->metrics);

  auto identity =
      IdentitySource::open(all, listening->port, *parts->reactors.front(), parts->workers);
  if (!identity) return identity.error();
  parts->identity = std::move(*identity);
  parts->public_settings = {.public_url = all.public_url,
                            .issuer = parts->identity->issuer(),
                            .has_built_in_accounts = all.issuer.empty(),
                            .sign_up = all.sign_up,
                            .allowed_origins = all.allowed_origins,
                            .old_names = all.old_names,
                            .open_admin = std::move(*open_admin),
                            .is_valkey_up = parts->state->is_valkey_up()};
  parts->reader = std::make_unique<StoreReader>(*parts->store, parts->workers);
  parts->writer =
      std::make_unique<LogWriter>(*parts->store, parts->state->limiter(), parts->state->bus(),
                                  system_clock(), parts->metrics, shared_directory->limits);
  parts->node_state =
      std::make_unique<NodeState>(system_clock(), parts->metrics, all.session.connects_per_minute);
  const SessionServices services{*parts->writer,      *parts->reader, parts->identity->tokens(),
                                 parts->state->bus(), system_clock(), parts->metrics,
                                 parts->name,         all.session,    *parts->node_state};
  for (std::size_t i = 0; i < all.reactors; ++i) {
    parts->nodes.push_back(
        std::make_unique<Node>(*parts->reactors[i], shared_directory, shared_restrictions, *recent,
                               services, parts->public_settings, *parts->identity, hub_options,
                               std::move(listening->sockets[i]), *proxies, all.net));
  }
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

void Server::start() {
  parts_->identity->start();
  parts_->state->start();
  parts_->writer->start();
  for (auto& node : parts_->nodes) {
    node->host.start();
    node->net.start();
  }
  for (auto& reactor : parts_->reactors) reactor->start();
  LogLine(Level::kInfo, "listening")
      .with("address", parts_->address)
      .with("url", parts_->settings.public_url)
      .with("reactors", parts_->reactors.size());
}

void Server::stop() {
  if (std::exchange(parts_->is_stopped, true)) return;
  const auto began = system_clock().steady_now();
  std::vector<std::future<void>> recorded;
  for (auto& node : parts_->nodes) {
    const auto done = std::make_shared<std::promise<void>>();
    recorded.push_back(done->get_future());
    node->reactor.post([&net = node->net, &host = node->host, done] {
      net.stop_accepting();
      host.record_ends();
      done->set_value();
    });
  }
  for (auto& node : recorded) node.wait_for(kRecordWithin);
  if (!parts_->writer->stop_within(kCommitWithin)) {
    LogLine(Level::kWarning, "store_is_slow").with("given_up_after_s", kCommitWithin.count());
  }
  const auto close_within =
      std::chrono::floor<std::chrono::seconds>(began + kCloseBy - system_clock().steady_now());
  std::vector<std::future<void>> closed;
  for (auto& node : parts_->nodes) {
    const auto done = std::make_shared<std::promise<void>>();
    closed.push_back(done->get_future());
    node->reactor.post([&net = node->net, close_within, done] {
      const auto reason = [](std::size_t) {
        return v1::going_away_reason(random_below(kComeBackWithin));
      };
      net.close_all(CloseCode::kGoingAway, reason, close_within, [done] { done->set_value(); });
    });
  }
  for (auto& node : closed) node.wait_for(close_within + std::chrono::seconds(1));
  parts_->state->stop();
  parts_->identity->stop();
  parts_->workers.drop_waiting();
  parts_->workers.stop();
  parts_->writer->stop();
  for (auto& reactor : parts_->reactors) reactor->stop();
  LogLine(Level::kInfo, "stopped");
}

bool Server::is_alive() { return parts_->pulse.beats(); }
const std::string& Server::address() const { return parts_->address; }
const std::string& Server::public_url() const { return parts_->settings.public_url; }
std::string Server::first_steps() const { return parts_->identity->first_steps(); }

}  // namespace hubbub
