# The exporter and the detector in one image; the command chooses: "exporter", "streams", "cluster remove NAME" and so on.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -B -q -DskipTests -pl standalone -am package

FROM eclipse-temurin:17-jre
COPY --from=build /src/standalone/target/lib /opt/tenant-pulse/lib
COPY --from=build /src/standalone/target/tenant-pulse-standalone-*.jar /opt/tenant-pulse/lib/
# Made here so that a volume mounted there belongs to the user below.
RUN mkdir -p /var/lib/tenant-pulse && chown 65532:65532 /var/lib/tenant-pulse
# A number, so that Kubernetes can see that it is not root.
USER 65532:65532
WORKDIR /var/lib/tenant-pulse
# Writes only under /var/lib/tenant-pulse and /tmp (native libraries are unpacked there: it must not be noexec).
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-XX:MaxRAMPercentage=70", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-cp", "/opt/tenant-pulse/lib/*", "io.tenantpulse.standalone.Launcher"]
CMD ["--help"]
