package dev.quayside.secrets;

import java.util.List;

/**
 * Lists programs that images commonly have and that can carry one HTTP exchange: each connects to
 * the host and port given as its last two words, sends its standard input and prints the beginning
 * of the answer. So the key goes by standard input only and never stands in an argument.
 */
final class ProbeTools {

  private static final String PYTHON =
      """
      import socket,sys
      s=socket.create_connection((sys.argv[1],int(sys.argv[2])),8)
      s.settimeout(8)
      s.sendall(sys.stdin.buffer.read())
      d=b''
      while b'\\n' not in d and len(d)<4096:
        c=s.recv(1024)
        if not c: break
        d+=c
      sys.stdout.buffer.write(d)
      """;

  private static final String NODE =
      """
      const [host,port]=process.argv.slice(-2);
      let d='';
      const s=require('net').connect(+port,host,()=>process.stdin.pipe(s,{end:false}));
      s.setTimeout(8000,()=>process.exit(8));
      s.on('error',()=>process.exit(7));
      s.on('data',c=>{d+=c;if(d.includes('\\n')){process.stdout.write(d,()=>process.exit(0))}});
      s.on('end',()=>process.stdout.write(d,()=>process.exit(0)));
      """;

  private static final String BASH =
      "exec 3<>\"/dev/tcp/$1/$2\" || exit 7; while IFS= read -r l; do printf '%s\\n' \"$l\" >&3;"
          + " done; IFS= read -r -t 8 l <&3; printf '%s\\n' \"$l\"";

  /** The programs in the order in which they are tried: the surest first. */
  static final List<ProbeTool> ALL =
      List.of(
          new ProbeTool("python3", List.of("python3", "-c", PYTHON)),
          new ProbeTool("node", List.of("node", "-e", NODE)),
          new ProbeTool("bash", List.of("bash", "-c", BASH, "probe")),
          new ProbeTool("busybox nc", List.of("busybox", "nc", "-w", "8")),
          new ProbeTool("nc", List.of("nc", "-w", "8")));

  private ProbeTools() {}

  /**
   * One program.
   *
   * @param name for the receipt
   * @param command its words, to which host and port are added
   */
  record ProbeTool(String name, List<String> command) {
    List<String> to(String host, int port) {
      List<String> words = new java.util.ArrayList<>(command);
      words.add(host);
      words.add(Integer.toString(port));
      return words;
    }
  }
}
