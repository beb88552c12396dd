package dev.quayside.backup.drill;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts the server of the service's image on all its files, waits until it answers, and asks how
 * much it found. Only words that name damage are held against the archive.
 */
final class ServerCheck implements FileCheck {

  private static final Duration START = Duration.ofHours(1);
  private static final Duration READ = Duration.ofHours(12);
  private static final int LONGEST_NAME = 120;
  private static final String DIAGNOSTICS = "diagnostic.data/";
  private static final Messages MESSAGES = Messages.of("drill");

  /** What these servers say of files that are damaged, rather than of where they run. */
  private static final Pattern DAMAGE =
      Pattern.compile("(?i)corrupt|checksum|salvage|MDB_(INVALID|PAGE_NOTFOUND)");

  /** Validates and reads everything but what the server keeps of itself; one line for all. */
  private static final String DOCUMENTS =
      """
      var found = {collections: 0, documents: 0, invalid: []};
      db.adminCommand({listDatabases: 1, nameOnly: true}).databases.forEach(function (one) {
        if (['admin', 'config', 'local'].indexOf(one.name) >= 0) return;
        var of = db.getSiblingDB(one.name);
        of.getCollectionInfos({type: 'collection'}).forEach(function (each) {
          var answer = of.runCommand({validate: each.name});
          if (!answer.ok || answer.valid === false) found.invalid.push(one.name + '.' + each.name);
          found.collections++;
          found.documents += of.getCollection(each.name).find().itcount();
        });
      });
      print(JSON.stringify(found));
      """;

  private static final String SHELL =
      "\"$(command -v mongosh || command -v mongo)\" --quiet --norc --eval \"$0\"";

  private final Server server;
  private final List<String> roots;
  private int folders;

  ServerCheck(Server server, DrillSubject subject) {
    this.server = server;
    this.roots = FileCheck.roots(subject);
  }

  @Override
  public @Nullable String place(Trial trial, String path, byte[] head) {
    String name = FileCheck.within(roots, path);
    if (name.substring(name.lastIndexOf('/') + 1).equals(server.mark()) && ++folders > 1) {
      trial.unknown(MESSAGES.get("unknown.several"));
      return null;
    }
    int root = roots.indexOf(path.substring(0, path.length() - name.length()));
    return name.startsWith(DIAGNOSTICS) ? null : Server.DATA + root + "/" + name;
  }

  /** How much a server found, and what it found damaged. */
  private record Found(long collections, long documents, List<String> damaged) {}

  @Override
  public void look(Trial trial, Inside inside) throws ProblemException, IOException {
    Inside.Answer started = inside.run(START, List.of("sh", "-c", server.script()));
    if (!started.succeeded()) {
      refused(trial, started);
      return;
    }
    Found found;
    try {
      found =
          switch (server) {
            case MONGO -> documents(inside);
            case MEILISEARCH -> indexes(inside);
            case QDRANT -> points(inside);
          };
    } catch (Unanswered e) {
      refused(trial, e.answer);
      return;
    } catch (JacksonException e) {
      trial.unknown(
          MESSAGES.get("unknown.server", server.program(), ToolWords.last(e.getOriginalMessage())));
      return;
    }
    decide(trial, found);
  }

  private void decide(Trial trial, Found found) {
    if (!found.damaged().isEmpty()) {
      String names = ForeignText.line(String.join(", ", found.damaged()), LONGEST_NAME);
      trial.failed(MESSAGES.get("failed.tool", server.program(), what(), names));
    } else if (found.documents() == 0) {
      trial.unknown(MESSAGES.get("unknown.no-documents"));
    } else {
      trial.saw(
          MESSAGES.get(
              server == Server.MONGO ? "saw.server-read" : "saw.server",
              server.program(),
              Long.toString(found.collections()),
              Long.toString(found.documents())));
      trial.completed();
    }
  }

  private void refused(Trial trial, Inside.Answer answer) {
    String printed = answer.result().errorOutput();
    if (answer.result().exitCode() == Server.NO_DATA) {
      trial.unknown(MESSAGES.get("unknown.no-documents"));
    } else if (answer.result().exitCode() == Server.NO_TOOL) {
      trial.unknown(MESSAGES.get("unknown.no-server", server.program()));
    } else if (ToolWords.surroundings(printed)) {
      trial.unknown(MESSAGES.get("unknown.surroundings", what(), ToolWords.error(printed)));
    } else {
      String damage =
          printed.lines().filter(line -> DAMAGE.matcher(line).find()).findFirst().orElse(null);
      if (damage == null) {
        trial.unknown(MESSAGES.get("unknown.server", server.program(), ToolWords.last(printed)));
      } else {
        trial.failed(MESSAGES.get("failed.tool", server.program(), what(), ToolWords.last(damage)));
      }
    }
  }

  private String what() {
    return MESSAGES.get("what.server", server.program());
  }

  private Found documents(Inside inside) throws ProblemException, IOException, Unanswered {
    JsonNode answer = tree(inside.run(READ, List.of("sh", "-c", SHELL, DOCUMENTS)));
    List<String> damaged = answer.path("invalid").valueStream().map(JsonNode::asString).toList();
    return new Found(
        answer.required("collections").asLong(), answer.required("documents").asLong(), damaged);
  }

  private Found indexes(Inside inside) throws ProblemException, IOException, Unanswered {
    JsonNode indexes = got(inside, "/stats").required("indexes");
    long documents =
        indexes.valueStream().mapToLong(one -> one.required("numberOfDocuments").asLong()).sum();
    return new Found(indexes.size(), documents, List.of());
  }

  private Found points(Inside inside) throws ProblemException, IOException, Unanswered {
    List<String> damaged = new ArrayList<>();
    long points = 0;
    JsonNode collections = got(inside, "/collections").at("/result/collections");
    for (JsonNode each : collections) {
      String name = each.required("name").asString();
      String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
      JsonNode one = got(inside, "/collections/" + path).required("result");
      points += one.required("points_count").asLong();
      if (one.path("status").asString("").equals("red")) {
        damaged.add(name);
      }
    }
    return new Found(collections.size(), points, damaged);
  }

  private JsonNode got(Inside inside, String path)
      throws ProblemException, IOException, Unanswered {
    String script = Server.GET + "get \"$0\" \"$1\"";
    return tree(
        inside.run(START, List.of("sh", "-c", script, Integer.toString(server.port()), path)));
  }

  private static JsonNode tree(Inside.Answer answer) throws Unanswered {
    if (!answer.succeeded()) {
      throw new Unanswered(answer);
    }
    String printed = answer.output();
    return JsonMapper.shared().readTree(printed.substring(Math.max(0, printed.indexOf('{'))));
  }

  /** Tells that a command which asks the server failed. */
  private static final class Unanswered extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Inside.Answer answer;

    Unanswered(Inside.Answer answer) {
      super(null, null, false, false);
      this.answer = answer;
    }
  }
}
