package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The report on the narrow window of a phone. */
final class PhoneTest extends PageInBrowser {
  @Test
  void aPhoneScrollsTablesNotThePageAndShowsRho() throws Exception {
    String fits =
        play(
            360,
            740,
            """
            const rho = document.querySelector('#signal-quality table tbody tr').cells[2].getBoundingClientRect();
            const chart = document.querySelector('#signal-quality svg').getBoundingClientRect();
            return [innerWidth, document.documentElement.scrollWidth <= innerWidth,
              rho.width > 0 && rho.left < innerWidth, chart.left < innerWidth / 2].join(' ');
            """);
    assertThat(fits).isEqualTo("360 true true true");
  }

  @Test
  void onAPhoneTheChartBeginsOnTheFirstScreen() throws Exception {
    String top =
        play(
            390,
            844,
            """
            const answer = document.querySelector('.answers li').getBoundingClientRect();
            const chart = document.querySelector('#summary svg').getBoundingClientRect();
            return [answer.top < chart.top, chart.top < 844 - 60].join(' ');
            """);
    assertThat(top).isEqualTo("true true");
  }

  @Test
  void onAPhoneTheChartBeginsOnTheFirstScreenAlsoBelowFourLongWarnings() throws Exception {
    StringBuilder warnings = new StringBuilder("about,text\n");
    for (int i = 1; i <= 4; i++) {
      warnings
          .append("neurons,\"Some neurons are 0 for all of 300 images of split A, in relu")
          .append(i)
          .append(" (34 of 64). They may be dead, or the images are not what the network was")
          .append(" trained on: nothing can be measured of them.\"\n");
    }
    Files.writeString(folder.resolve("run/warnings.csv"), warnings.toString());
    page = Report.writePage(folder.resolve("run"));
    Files.writeString(
        page, Files.readString(page).replaceAll("(?s)<script>.*?</script>", "")); // by style alone
    String top =
        play(
            390,
            844,
            """
            const shown = () => [...document.querySelectorAll('#summary .warning li:not(.more)')].filter(w => w.getClientRects().length > 0 && w.checkVisibility()).length;
            const answer = document.querySelector('.answers li').getBoundingClientRect();
            const chart = document.querySelector('#summary svg').getBoundingClientRect();
            const summary = document.querySelector('#summary .warning summary');
            const first = [summary.textContent, shown(), answer.top < chart.top, chart.top < 844 - 60];
            summary.click();
            return [...first, shown()].join(' ') + ' ' + Math.round(chart.top);
            """);
    assertThat(top).startsWith("2 more warnings 2 true true 4 ");
  }

  @Test
  void aPhoneShowsTheRunsNumbersOfAComparisonWithoutScrolling() throws Exception {
    SampleRun other = SampleRun.write(folder.resolve("other"), MIDDLE);
    Path rho = folder.resolve("other/signal-quality.csv");
    other.file("signal-quality.csv", Files.readString(rho).replaceAll("0\\.9\\d+", "0.812345"));
    page = folder.resolve("comparison.html");
    Comparison.write(
        List.of(folder.resolve("run"), folder.resolve("other")),
        List.of(new Comparison.Changes(folder.resolve("other"), Optional.empty())),
        page);
    String right =
        play(
            360,
            740,
            """
            const cells = [...document.querySelector('#rho > .table tbody tr').cells];
            return cells.slice(0, 4).every(c => c.getBoundingClientRect().right <= innerWidth)
              + ' ' + cells.slice(0, 4).map(c => Math.round(c.getBoundingClientRect().right)).join(' ');
            """);
    assertThat(right).startsWith("true");
  }

  @Test
  void theNumbersBehindChartsFitAPhone() throws Exception {
    String fits =
        play(
            360,
            740,
            """
            const folded = [...document.querySelectorAll('figure > details')];
            folded.forEach(d => d.open = true);
            const shown = folded.filter(d => d.offsetHeight > 0); // others are behind tabs
            return [shown.length > 2, shown.every(d => d.querySelector('tbody tr').offsetHeight > 0),
              document.documentElement.scrollWidth <= innerWidth].join(' ');
            """);
    assertThat(fits).isEqualTo("true true true");
  }
}
