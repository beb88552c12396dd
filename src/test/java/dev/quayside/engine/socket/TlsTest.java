package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ChildProcess;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;
  private SSLServerSocket server;

  /** Makes an authority, a certificate for localhost, one for a client, and a stranger. */
  @BeforeAll
  static void makeCertificates() throws Exception {
    pair("ca", "-ext", "bc:c");
    pair("stranger", "-ext", "bc:c");
    pair("server");
    pair("client");
    sign("server", "-ext", "san=dns:localhost");
    sign("client");
    clientFolder("good", "ca", "client");
    clientFolder("foreign-engine", "stranger", "client");
    clientFolder("foreign-client", "ca", "stranger");
  }

  @AfterEach
  void closeServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    words.addAll(List.of(arguments));
    words.addAll(
        List.of("-keystore", folder.resolve("store.p12").toString(), "-storepass", "changeit"));
    ChildProcess.Result result =
        ChildProcess.run(
            ChildProcess.Command.of(words, Map.of()), null, Duration.ofSeconds(120), 100_000);
    assertThat(result.succeeded()).as(result.output().text() + result.errors().text()).isTrue();
  }

  private static void pair(String name, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12"));
    words.addAll(List.of(more));
    keytool(words.toArray(String[]::new));
  }

  private static void sign(String name, String... more) throws Exception {
    String request = folder.resolve(name + ".csr").toString();
    String certificate = folder.resolve(name + ".crt").toString();
    keytool("-certreq", "-alias", name, "-file", request);
    List<String> words =
        new ArrayList<>(
            List.of("-gencert", "-alias", "ca", "-infile", request, "-outfile", certificate));
    words.addAll(List.of(more));
    keytool(words.toArray(String[]::new));
    keytool("-importcert", "-noprompt", "-alias", name, "-file", certificate);
  }

  private static KeyStore store() throws Exception {
    return KeyStore.getInstance(folder.resolve("store.p12").toFile(), PASSWORD);
  }

  private static void clientFolder(String name, String authority, String identity)
      throws Exception {
    Path target = Files.createDirectories(folder.resolve(name));
    write(target.resolve("ca.pem"), "CERTIFICATE", store().getCertificate(authority).getEncoded());
    write(target.resolve("cert.pem"), "CERTIFICATE", store().getCertificate(identity).getEncoded());
    write(
        target.resolve("key.pem"), "PRIVATE KEY", store().getKey(identity, PASSWORD).getEncoded());
  }

  private static void write(Path file, String kind, byte[] der) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + kind
            + "-----\n");
  }

  /** Serves what a first contact asks for, to those who show a certificate of our authority. */
  private Endpoint serve(String host, String client) throws Exception {
    KeyStore identity = KeyStore.getInstance("PKCS12");
    identity.load(null, null);
    identity.setKeyEntry(
        "server",
        store().getKey("server", PASSWORD),
        PASSWORD,
        store().getCertificateChain("server"));
    KeyManagerFactory ours = KeyManagerFactory.getInstance("PKIX");
    ours.init(identity, PASSWORD);
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("ca", store().getCertificate("ca"));
    TrustManagerFactory theirs = TrustManagerFactory.getInstance("PKIX");
    theirs.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(ours.getKeyManagers(), theirs.getTrustManagers(), null);
    server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
    server.setNeedClientAuth(true);
    SSLServerSocket listening = server;
    Thread.ofVirtual().start(() -> accept(listening));
    return new Endpoint.Tcp(host, server.getLocalPort(), folder.resolve(client));
  }

  private static void accept(SSLServerSocket listening) {
    while (!listening.isClosed()) {
      try (var socket = listening.accept()) {
        InputStream input = socket.getInputStream();
        OutputStream output = socket.getOutputStream();
        for (int i = 0; i < 2; i++) {
          int newLines = 0;
          while (newLines < 4) {
            int next = input.read();
            if (next < 0) {
              throw new IOException("gone");
            }
            newLines = next == '\r' || next == '\n' ? newLines + 1 : 0;
          }
          String body = "{\"Version\":\"28\",\"ApiVersion\":\"1.50\"}";
          output.write(
              ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                  .getBytes(StandardCharsets.US_ASCII));
          output.flush();
        }
      } catch (IOException e) {
        // The next one may do better.
      }
    }
  }

  @Test
  void anEngineWithARightCertificateIsReached() throws Exception {
    try (SocketEngine engine = new SocketConnector(Map.of()).connect(serve("localhost", "good"))) {
      assertThat(engine.info().version()).isEqualTo("28");
      assertThat(engine.info().local()).isFalse();
    }
  }

  @Test
  void anEngineOfAnotherAuthorityIsRefused() {
    assertThatThrownBy(
            () -> new SocketConnector(Map.of()).connect(serve("localhost", "foreign-engine")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("ENGINE-TLS-REFUSED"));
  }

  @Test
  void anEngineUnderAnotherNameIsRefused() {
    assertThatThrownBy(() -> new SocketConnector(Map.of()).connect(serve("127.0.0.1", "good")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("ENGINE-TLS-REFUSED"));
  }

  @Test
  void anEngineThatDoesNotKnowUsRefusesUs() {
    assertThatThrownBy(
            () -> new SocketConnector(Map.of()).connect(serve("localhost", "foreign-client")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isIn("ENGINE-TLS-REFUSED", "ENGINE-UNREACHABLE"));
  }

  @Test
  void missingCertificatesAreNamed() {
    assertThatThrownBy(() -> new SocketConnector(Map.of()).connect(serve("localhost", "nowhere")))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().happened()).contains("nowhere"));
  }

  @Test
  void readsAnRsaKeyInItsOlderForm() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    // SEQUENCE and its length, version, algorithm, OCTET STRING and its length: 4 + 3 + 15 + 4
    // bytes.
    write(
        folder.resolve("rsa.pem"), "RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));

    assertThat(PemKey.read(folder.resolve("rsa.pem"))).isEqualTo(pair.getPrivate());
  }

  @Test
  void readsAnEllipticCurveKeyInItsOlderForm() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    ECPrivateKey key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    byte[] curve = {
      (byte) 0xa0, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07
    };
    der.writeBytes(new byte[] {0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20});
    der.writeBytes(number(key.getS()));
    der.writeBytes(curve);
    write(folder.resolve("ec.pem"), "EC PRIVATE KEY", der.toByteArray());

    PrivateKey read = PemKey.read(folder.resolve("ec.pem"));

    assertThat(((ECPrivateKey) read).getS()).isEqualTo(key.getS());
  }

  private static byte[] number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] padded = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, padded, 32 - length, length);
    return padded;
  }

  @Test
  void aBrokenKeyIsAClearErrorAndNotQuoted() throws Exception {
    for (String kind :
        List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
      for (byte[] der :
          List.of(
              new byte[] {0x30},
              new byte[] {0x30, (byte) 0x84, 1, 1, 1, 1},
              new byte[] {0x30, 5, 4, 9})) {
        write(folder.resolve("broken.pem"), kind, der);
        assertThatThrownBy(() -> PemKey.read(folder.resolve("broken.pem")))
            .isInstanceOfAny(IOException.class, java.security.GeneralSecurityException.class);
      }
    }
  }
}
