package org.explain4j.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentProxiesTest {

  private static String chosen(Map<String, String> environment, String uri) {
    Proxy proxy = new EnvironmentProxies(environment).select(URI.create(uri)).get(0);
    return proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "none";
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy, http://proxy.example:3128, https://data.example/a, proxy.example:3128",
    "HTTPS_PROXY, proxy.example:3128, https://data.example/a, proxy.example:3128",
    "http_proxy, http://proxy.example/, http://data.example/a, proxy.example:1080",
    "http_proxy, http://proxy.example:3128, https://data.example/a, none",
    "https_proxy, '', https://data.example/a, none"
  })
  void theVariableOfTheSchemeCounts(String name, String value, String uri, String expected) {
    assertThat(chosen(Map.of(name, value), uri)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'data.example', none",
    "'.example', none",
    "'localhost, EXAMPLE', none",
    "'*', none",
    "'ta.example', proxy:1",
    "'', proxy:1"
  })
  void hostsOfNoProxyAreReachedDirectly(String excluded, String expected) {
    Map<String, String> environment = Map.of("https_proxy", "proxy:1", "no_proxy", excluded);
    assertThat(chosen(environment, "https://data.example/a")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "http:///a", "proxy of ours"})
  void whatIsNoAddressIsNamed(String value) {
    assertThatThrownBy(() -> chosen(Map.of("https_proxy", value), "https://data.example/a"))
        .hasMessageContainingAll("'" + value + "'", "http://HOST:PORT");
  }
}
