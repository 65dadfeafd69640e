package io.tenantpulse.exporter.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.Projection;
import io.tenantpulse.v1.Readiness;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OPERATOR's table, row by row, with its boundaries. The body is JSON with single quotes; READY or the word for why not. */
class ReadinessTest {
    private final Projection projection = new Projection();

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ConfigMap | | READY",
                "ServiceAccount | | READY",
                "CronJob | 'spec':{'suspend':true} | READY",
                "PodDisruptionBudget | 'status':{'conditions':[{'type':'Ready','status':'False'}]} | READY",
                "NetworkPolicy | | READY",
                "Namespace | 'status':{'phase':'Active'} | READY",
                "Namespace | 'status':{'phase':'Terminating'} | NotActive",
                "Namespace | | NotActive",
                "Service | 'spec':{'type':'ClusterIP'} | READY",
                "Service | | READY",
                "Service | 'spec':{'type':'LoadBalancer'} | LoadBalancerPending",
                "Service | 'spec':{'type':'LoadBalancer'},'status':{'loadBalancer':{'ingress':[]}} | LoadBalancerPending",
                "Service | 'spec':{'type':'LoadBalancer'},'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'}]}} | READY",
                "Deployment | 'spec':{'replicas':2},'status':{'observedGeneration':3,'availableReplicas':2,'updatedReplicas':2} | READY",
                "Deployment | 'spec':{'replicas':2},'status':{'observedGeneration':2,'availableReplicas':2,'updatedReplicas':2} | NotObserved",
                "Deployment | 'spec':{'replicas':2},'status':{'availableReplicas':2,'updatedReplicas':2} | NotObserved",
                "Deployment | 'spec':{'replicas':2},'status':{'observedGeneration':3,'availableReplicas':1,'updatedReplicas':2} | TooFewAvailable",
                "Deployment | 'spec':{'replicas':2},'status':{'observedGeneration':3,'availableReplicas':2,'updatedReplicas':1} | TooFewUpdated",
                "Deployment | 'spec':{'replicas':2},'status':{'observedGeneration':3,'availableReplicas':3,'updatedReplicas':3} | READY",
                "Deployment | 'spec':{'replicas':0},'status':{'observedGeneration':3} | ScaledToZero",
                "Deployment | 'spec':{'replicas':0},'status':{'observedGeneration':3,'availableReplicas':1,'updatedReplicas':1} | READY",
                "Deployment | 'status':{'observedGeneration':3,'availableReplicas':1,'updatedReplicas':1} | READY",
                "Deployment | 'status':{'observedGeneration':3} | TooFewUpdated",
                "StatefulSet | 'spec':{'replicas':2},'status':{'observedGeneration':3,'readyReplicas':2,'updatedReplicas':2} | READY",
                "StatefulSet | 'spec':{'replicas':2},'status':{'observedGeneration':3,'readyReplicas':1,'availableReplicas':2,'updatedReplicas':2} | TooFewReady",
                "StatefulSet | 'spec':{'replicas':2},'status':{'observedGeneration':3,'readyReplicas':2} | TooFewUpdated",
                "StatefulSet | 'spec':{'replicas':0},'status':{'observedGeneration':3} | ScaledToZero",
                "DaemonSet | 'status':{'desiredNumberScheduled':2,'numberReady':2} | READY",
                "DaemonSet | 'status':{'desiredNumberScheduled':2,'numberReady':1} | TooFewReady",
                "DaemonSet | 'status':{'desiredNumberScheduled':0,'numberReady':0} | NoEligibleNode",
                "DaemonSet | | NoEligibleNode",
                "ReplicaSet | 'spec':{'replicas':2},'status':{'readyReplicas':2} | READY",
                "ReplicaSet | 'spec':{'replicas':2},'status':{'readyReplicas':1} | TooFewReady",
                "ReplicaSet | 'spec':{'replicas':0} | READY",
                "Job | 'status':{'conditions':[{'type':'Complete','status':'True'}]} | READY",
                "Job | 'status':{'succeeded':1} | READY",
                "Job | 'status':{'succeeded':1,'conditions':[{'type':'Failed','status':'True'}]} | JobFailed",
                "Job | 'status':{'conditions':[{'type':'Failed','status':'False'}]} | JobRunning",
                "Job | 'spec':{'suspend':true} | JobSuspended",
                "Job | 'status':{'active':1} | JobRunning",
                "Ingress | 'spec':{'rules':[{}]} | READY",
                "Ingress | 'spec':{'rules':[]} | NoAddress",
                "Ingress | 'status':{'loadBalancer':{'ingress':[{'hostname':'a'}]}} | READY",
                "Ingress | | NoAddress",
                "PersistentVolumeClaim | 'status':{'phase':'Bound'} | READY",
                "PersistentVolumeClaim | 'status':{'phase':'Lost'} | Lost",
                "PersistentVolumeClaim | | Pending",
                "HorizontalPodAutoscaler | 'status':{'conditions':[{'type':'AbleToScale','status':'True'}]} | READY",
                "HorizontalPodAutoscaler | 'status':{'conditions':[{'type':'AbleToScale','status':'False'}]} | NotAbleToScale",
                "HorizontalPodAutoscaler | | NotAbleToScale",
                "StorageClass | | READY",
                "Pod | 'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]} | READY",
                "Pod | 'status':{'phase':'Running','conditions':[{'type':'Ready','status':'False','reason':'ContainersNotReady'}]} | ContainersNotReady",
                "Pod | 'status':{'phase':'Pending'} | NotReady",
            })
    void isJudgedAsTheOperatorDoes(String kind, String body, String expected) {
        String more = body == null ? "" : "," + body.replace('\'', '"');
        String json = "{\"metadata\":{\"name\":\"x\",\"namespace\":\"n\",\"uid\":\"u\",\"generation\":3}" + more + "}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Facts facts =
                Objects.requireNonNull(projection.read(WatchedKind.ofKind(kind).orElseThrow(), bytes, 0, bytes.length));

        Verdict verdict = ReadinessRule.of(facts);

        assertThat(facts.undecodable()).isFalse();
        if (expected.equals("READY")) {
            assertThat(verdict).isEqualTo(Verdict.READY);
        } else {
            assertThat(verdict).isEqualTo(new Verdict(Readiness.NOT_READY, expected));
        }
    }
}
