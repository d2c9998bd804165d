#include "core/connectors/kubernetes/kubernetes_provider.h"

#include "tests/support/kubernetes_fake.h"
#include "tests/support/provider_trial.h"

using namespace cordon;

class TestKubernetesProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::KubernetesFake> m_fake;
    std::unique_ptr<test::ProviderTrial> m_trial;

    static constexpr const char* pods = "/api/v1/namespaces/shop/pods/";
    static constexpr const char* policies = "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/";
    static constexpr const char* rbac = "/apis/rbac.authorization.k8s.io/v1/";
    const EntityRef m_pod{EntityKind::Workload, "shop/web-1", {}, {}};
    const EntityRef m_deployment{EntityKind::Workload, "shop/deployments/web", {}, {}};
    const EntityRef m_node{EntityKind::Host, "worker-1", {}, {}};
    const EntityRef m_account{EntityKind::Account, "system:serviceaccount:shop:builder", {}, {}};
    const EntityRef m_secret{EntityKind::Credential, "shop/secrets/builder-token", {}, {}};

    Action action(const std::string& verb, const EntityRef& on, const char* parameter = nullptr, const char* value = nullptr)
    {
        return m_trial->action(verb, on, parameter ? Value(Value::Object{{parameter, value}}) : Value(Value::Object{}));
    }
    static Value named(const char* name, Value more = Value::Object{})
    {
        Value metadata = Value::Object{{"name", name}, {"uid", std::string("uid-") + name}, {"creationTimestamp", "2024-01-02T03:04:05Z"}};
        for (const auto& [key, value] : more.asObject())
            metadata.set(key, value);
        return Value::Object{{"metadata", metadata}};
    }
    static Value subject(const char* name) { return Value::Object{{"kind", "ServiceAccount"}, {"name", name}, {"namespace", "shop"}}; }

private slots:
    void init()
    {
        m_fake = std::make_unique<test::KubernetesFake>();
        const Value labels = Value::Object{{"app", "web"}, {"critical", "true"}};
        m_fake->objects[std::string(pods) + "web-1"] = named("web-1", Value::Object{{"labels", labels}, {"namespace", "shop"}}).set("spec", Value::Object{{"serviceAccountName", "builder"}});
        m_fake->objects[std::string(pods) + "web-2"] = named("web-2", Value::Object{{"namespace", "shop"}}).set("spec", Value::Object{{"serviceAccountName", "other"}});
        const Value selector = Value::Object{{"matchLabels", Value::Object{{"app", "web"}}}};
        m_fake->objects["/apis/apps/v1/namespaces/shop/deployments/web"] = named("web").set(
            "spec", Value::Object{{"replicas", 3}, {"selector", selector}, {"template", Value::Object{{"metadata", Value::Object{{"labels", labels}}}}}});
        m_fake->objects["/api/v1/nodes/worker-1"] = named("worker-1").set("spec", Value::Object{{"providerID", "x"}});
        m_fake->objects["/api/v1/namespaces/shop/serviceaccounts/builder"] = named("builder");
        m_fake->objects["/api/v1/namespaces/shop/secrets/builder-token"] = named("builder-token", Value::Object{{"annotations", Value::Object{{"kubernetes.io/service-account.name", "builder"}}}});
        m_fake->objects["/api/v1/namespaces/shop/secrets/password"] = named("password");
        const Value role = Value::Object{{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "ClusterRole"}, {"name", "edit"}};
        m_fake->objects[std::string(rbac) + "namespaces/shop/rolebindings/both"] = named("both", Value::Object{{"namespace", "shop"}}).set("roleRef", role).set("subjects", Value::Array{subject("builder"), subject("other")});
        m_fake->objects[std::string(rbac) + "namespaces/shop/rolebindings/others"] = named("others", Value::Object{{"namespace", "shop"}}).set("roleRef", role).set("subjects", Value::Array{subject("other")});
        m_fake->objects[std::string(rbac) + "clusterrolebindings/alone"] = named("alone", Value::Object{{"labels", labels}}).set("roleRef", role).set("subjects", Value::Array{subject("builder")});
        m_fake->objects[std::string(policies) + "allow-web"] = named("allow-web").set("spec", Value::Object{{"podSelector", selector}});
        m_fake->objects[std::string(policies) + "allow-db"] = named("allow-db").set("spec", Value::Object{{"podSelector", Value::Object{{"matchLabels", Value::Object{{"app", "db"}}}}}});
        m_trial = std::make_unique<test::ProviderTrial>(*m_fake, connectors::kubernetes::makeKubernetesProvider, "kubernetes", m_fake->cluster, "{\"token\":\"" + m_fake->token + "\"}");
        VERIFY_WELL(m_trial->connect({{"endpoint", "{}"}}));
    }

    void aPodIsCutOffAndLetBack()
    {
        const auto before = m_fake->objects;
        VERIFY_WELL(m_trial->containsAndGoesBack(action("workload.isolate", m_pod)));
        QVERIFY(m_fake->objects == before); // policy and label are gone, nothing else was touched
    }
    void podsAreStartedAnewAndTheWayBackIsOneMoreStart()
    {
        Value& deployment = m_fake->objects["/apis/apps/v1/namespaces/shop/deployments/web"];
        Value spec = deployment["spec"];
        const Value variable = Value::Object{{"name", "KEY"}, {"valueFrom", Value::Object{{"secretKeyRef", Value::Object{{"name", "password"}, {"key", "k"}}}}}};
        const Value container = Value::Object{{"name", "web"}, {"env", Value::Array{variable}}};
        Value description = spec["template"];
        deployment.set("spec", spec.set("template", description.set("spec", Value::Object{{"containers", Value::Array{container}}})));
        VERIFY_WELL(m_trial->containsAndGoesBack(action("dependent.update", m_deployment, "secret", "shop/secrets/password")));
        for (const char* other : {"shop/secrets/another", "bank/secrets/password"})
            QVERIFY(m_trial->provider().preview(action("dependent.update", m_deployment, "secret", other), m_trial->reading()).error().code == ErrorCode::NotFound);
        QVERIFY(m_trial->provider().preview(action("dependent.update", m_deployment, "setting", "x"), m_trial->reading()).error().code == ErrorCode::Unsupported);
        m_fake->rolloutHangs = true;
        const Action again = action("dependent.update", m_deployment);
        QVERIFY(m_trial->provider().execute(again, m_trial->changing()));
        QVERIFY(m_trial->provider().verify(again, m_trial->reading())->state == OutcomeState::Unknown);
    }
    void aSecretsNextContentIsSetAndNeitherAskedForNorShown()
    {
        const EntityRef secret{EntityKind::Secret, "shop/secrets/password", {}, {}};
        const Action add = action("secret.add_version", secret);
        QVERIFY(m_trial->provider().execute(add, m_trial->changing()).error().code == ErrorCode::Denied); // no value is kept
        m_trial->use("{\"token\":\"" + m_fake->token + "\",\"new_values\":{\"shop/secrets/password\":\"{\\\"k\\\":\\\"next value\\\"}\"}}");
        const auto preview = m_trial->provider().preview(add, m_trial->reading());
        QVERIFY2(preview && preview->undo.empty() && preview->request.find("next value") == std::string::npos, preview ? "" : preview.error().detail.c_str());
        QVERIFY(m_fake->done.empty());
        const auto done = m_trial->provider().execute(add, m_trial->changing());
        QVERIFY2(done && done->undoRecord.isNull(), done ? "" : done.error().detail.c_str());
        QCOMPARE(m_fake->objects["/api/v1/namespaces/shop/secrets/password"]["stringData"]["k"].asString(), std::string("next value"));
        QVERIFY(m_trial->provider().verify(add, m_trial->reading())->state == OutcomeState::Verified);
        QVERIFY(m_trial->provider().verify(action("secret.add_version", secret, "version", "other"), m_trial->reading())->state == OutcomeState::Failed); // somebody else's change is not ours
        m_fake->done.clear();
        VERIFY_WELL(m_trial->endsForGood(action("secret.delete_version", secret)));

        // What a system made is one text; a broken object is not taken for one.
        const auto keep = [this](const std::string& content) {
            m_trial->use(json::write(Value::Object{{"token", m_fake->token}, {"new_values", Value::Object{{"shop/secrets/password", content}}}}));
        };
        m_fake->objects["/api/v1/namespaces/shop/secrets/password"].set("metadata", Value::Object{{"name", "password"}, {"namespace", "shop"}});
        keep("{\"k\":\"cut off");
        VERIFY_WELL(m_trial->refusalOf(add, ErrorCode::Denied));
        keep("made elsewhere");
        QVERIFY(m_trial->execute(add));
        QCOMPARE(m_fake->objects["/api/v1/namespaces/shop/secrets/password"]["stringData"]["value"].asString(), std::string("made elsewhere"));
    }
    void aCheckpointIsMadeWhereItWasAskedForAndItsEndIsUnknown()
    {
        Value& pod = m_fake->objects[std::string(pods) + "web-1"];
        pod.set("spec", Value::Object{{"nodeName", "worker-1"}, {"containers", Value::Array{Value::Object{{"name", "web"}}, Value::Object{{"name", "proxy"}}}}});
        const Action evidence = action("evidence.snapshot", m_pod);
        QVERIFY(m_trial->provider().execute(evidence, m_trial->changing()));
        QVERIFY(m_fake->checkpoints.empty()); // reading alone
        VERIFY_WELL(m_trial->connect({{"checkpoints", "yes"}}));
        QVERIFY(m_trial->provider().execute(evidence, m_trial->changing()));
        QVERIFY((m_fake->checkpoints == std::vector<std::string>{"worker-1 shop web-1 web", "worker-1 shop web-1 proxy"}));
        QVERIFY(m_trial->provider().verify(evidence, m_trial->reading())->state == OutcomeState::Unknown);
        m_fake->takesCheckpoints = false;
        QVERIFY(m_trial->provider().execute(evidence, m_trial->changing()).error().code == ErrorCode::NotFound);
    }
    void aDeploymentIsCutOffByItsOwnLabels()
    {
        VERIFY_WELL(m_trial->containsAndGoesBack(action("workload.isolate", m_deployment)));
    }
    void whatStaysOpenIsTold()
    {
        const auto preview = m_trial->provider().preview(action("workload.isolate", m_pod), m_trial->reading());
        QVERIFY(preview);
        QVERIFY(preview->stillOpen.front().find("allow-web") != std::string::npos); // policies add up
        for (const std::string& line : preview->stillOpen)
            QVERIFY(line.find("allow-db") == std::string::npos);
        m_fake->objects[std::string(pods) + "web-1"].set("spec", Value::Object{{"hostNetwork", true}});
        QVERIFY(m_trial->provider().preview(action("workload.isolate", m_pod), m_trial->reading()).error().code == ErrorCode::Denied);
    }
    void aDeploymentIsStoppedAndStartsAsManyAgain()
    {
        VERIFY_WELL(m_trial->containsAndGoesBack(action("workload.terminate", m_deployment)));
        QCOMPARE(m_trial->state(m_deployment, "replicas"), std::string("3"));
    }
    void aNodeIsCordonedAndUncordoned()
    {
        VERIFY_WELL(m_trial->containsAndGoesBack(action("workload.isolate", m_node)));
        QCOMPARE(json::write(m_fake->objects["/api/v1/nodes/worker-1"]["spec"]), std::string("{\"providerID\":\"x\"}"));
    }
    void aBindingOfItsOwnIsTakenAndMadeAgain()
    {
        VERIFY_WELL(m_trial->containsAndGoesBack(action("grant.remove", m_account, "grant", "clusterrolebindings/alone")));
        QCOMPARE(m_fake->objects[std::string(rbac) + "clusterrolebindings/alone"]["metadata"]["labels"]["app"].asString(), std::string("web"));
    }
    void aBindingThatOthersShareKeepsTheOthers()
    {
        const std::string path = std::string(rbac) + "namespaces/shop/rolebindings/both";
        const Value before = m_fake->objects[path];
        VERIFY_WELL(m_trial->containsAndGoesBack(action("grant.remove", m_account, "grant", "shop/rolebindings/both")));
        QVERIFY(m_fake->objects[path] == before);
        const Action take = action("grant.remove", m_account, "grant", "shop/rolebindings/both");
        const auto done = m_trial->provider().execute(take, m_trial->changing());
        QVERIFY(done);
        QCOMPARE(json::write(m_fake->objects[path]["subjects"]), json::write(Value::Array{subject("other")}));
        m_fake->objects[path].set("subjects", Value::Array{subject("third")}); // somebody else
        QVERIFY(!m_trial->provider().undo(take, done->undoRecord, true, m_trial->changing()));
        QCOMPARE(json::write(m_fake->objects[path]["subjects"]), json::write(Value::Array{subject("third")}));
    }

    void whoIsHitIsKnown()
    {
        const auto facts = m_trial->provider().inspect(m_account, m_trial->reading());
        QVERIFY(facts && facts->dependents);
        QCOMPARE(facts->dependents->size(), std::size_t(1));
        QCOMPARE(facts->dependents->front().id, std::string("shop/web-1"));
        QCOMPARE(json::write(facts->state.at("grants")), std::string("[\"clusterrolebindings/alone\",\"shop/rolebindings/both\"]"));
        const auto pod = m_trial->provider().inspect(m_pod, m_trial->reading());
        QCOMPARE(pod->tags.value(), (std::vector<std::string>{"app=web", "critical"}));
    }

    void aPodIsDeleted() { VERIFY_WELL(m_trial->endsForGood(action("workload.terminate", m_pod))); }
    void aServiceAccountIsDeleted() { VERIFY_WELL(m_trial->endsForGood(action("account.delete", m_account))); }
    void aLegacyTokenIsDeletedWithoutLookingIntoIt()
    {
        VERIFY_WELL(m_trial->endsForGood(action("credential.delete", m_secret)));
        const EntityRef password{EntityKind::Credential, "shop/secrets/password", {}, {}};
        QVERIFY(m_trial->provider().preview(action("credential.delete", password), m_trial->reading()).error().code == ErrorCode::Unsupported);
    }

    void faultsAreTold() { VERIFY_WELL(m_trial->standsFaults(action("workload.isolate", m_node), "patchNode")); }
    void aDeletionWhoseAnswerIsLostIsUnknown() { VERIFY_WELL(m_trial->standsFaults(action("workload.terminate", m_pod), "deletePod")); }
    void whatIsHalfDoneIsUnknownAndCanBeFinished()
    {
        m_fake->failing = {"patchPod"};
        const Action cut = action("workload.isolate", m_pod);
        const auto half = m_trial->provider().execute(cut, m_trial->changing());
        QVERIFY(!half && half.error().code == ErrorCode::Io);
        QVERIFY(half.error().detail.find("half done") != std::string::npos);
        QCOMPARE(m_trial->state(m_pod, "network"), std::string("normal"));
        m_fake->failing.clear();
        m_fake->done.clear();
        VERIFY_WELL(m_trial->containsAndGoesBack(cut)); // and all of it goes back
        QVERIFY(!m_fake->objects.contains(std::string(policies) + "cordon-isolated"));
    }

    void driftIsToldAndNotOverwritten()
    {
        const Action cut = action("workload.isolate", m_pod);
        const auto done = m_trial->provider().execute(cut, m_trial->changing());
        QVERIFY(done);
        m_fake->objects.erase(std::string(pods) + "web-1"); // its controller replaced it
        QVERIFY(m_trial->provider().undo(cut, done->undoRecord, true, m_trial->changing()).error().code == ErrorCode::Conflict);
    }

    void anotherClusterIsNeverChanged()
    {
        QCOMPARE(m_trial->provider().check(m_trial->reading()).value()["identity"].asString(), std::string("system:serviceaccount:cordon:responder"));
        m_fake->cluster = "another";
        QVERIFY(m_trial->provider().execute(action("workload.isolate", m_pod), m_trial->changing()).error().code == ErrorCode::Denied);
        m_trial->use("{\"token\":\"wrong-secret\"}");
        const auto refused = m_trial->provider().check(m_trial->reading());
        QVERIFY(!refused && refused.error().detail.find("Unauthorized") != std::string::npos && refused.error().detail.find("wrong-secret") == std::string::npos);
        QVERIFY(m_fake->done.empty());
    }
};

QTEST_GUILESS_MAIN(TestKubernetesProvider)
#include "tst_kubernetes_provider.moc"
