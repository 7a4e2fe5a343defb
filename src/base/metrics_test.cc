#include "base/metrics.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

TEST(MetricsTest, PrintsFamiliesByNameWithTheirHelpOnce) {
  Metrics metrics;
  metrics.gauge("hubbub_sessions", "Open sessions.").set(-2);
  metrics.counter("hubbub_refused_total", "Refusals.", "code=\"b\"").add(3);
  metrics.counter("hubbub_refused_total", "Refusals.", "code=\"a\"").add();
  EXPECT_EQ(metrics.print(),
            "# HELP hubbub_refused_total Refusals.\n"
            "# TYPE hubbub_refused_total counter\n"
            "hubbub_refused_total{code=\"b\"} 3\n"
            "hubbub_refused_total{code=\"a\"} 1\n"
            "# HELP hubbub_sessions Open sessions.\n"
            "# TYPE hubbub_sessions gauge\n"
            "hubbub_sessions -2\n");
}

TEST(MetricsTest, TheSameNameAndLabelsAreTheSameMetric) {
  Metrics metrics;
  auto& first = metrics.counter("hubbub_a_total", "A.");
  for (int i = 0; i < 100; ++i) metrics.gauge("hubbub_" + std::to_string(i), "Others.");
  EXPECT_EQ(&metrics.counter("hubbub_a_total", "A."), &first);
  EXPECT_NE(&metrics.counter("hubbub_a_total", "A.", "x=\"1\""), &first);
}

TEST(MetricsTest, SumsAMetricOverItsLabels) {
  Metrics metrics;
  metrics.counter("hubbub_a_total", "A.", "x=\"1\"").add(2);
  metrics.counter("hubbub_a_total", "A.", "x=\"2\"").add(3);
  metrics.counter("hubbub_b_total", "B.").add(100);
  metrics.observed("hubbub_waiting", "Waiting.", [] { return 7; });
  EXPECT_EQ(metrics.sum("hubbub_a_total"), 5);
  EXPECT_EQ(metrics.sum("hubbub_waiting"), 7);
  EXPECT_EQ(metrics.sum("hubbub_none"), 0);
}

TEST(MetricsTest, AnObservedOneIsReadWhenPrinted) {
  Metrics metrics;
  std::int64_t waiting = 1;
  metrics.observed("hubbub_waiting", "Waiting.", [&] { return waiting; });
  waiting = 7;
  EXPECT_EQ(metrics.print(),
            "# HELP hubbub_waiting Waiting.\n"
            "# TYPE hubbub_waiting gauge\n"
            "hubbub_waiting 7\n");
}

}  // namespace
}  // namespace hubbub
