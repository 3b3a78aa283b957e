import pytest,re
from tests.neighbourhoods.admin_walk import *
pytestmark = [pytest.mark.django_db,pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
def test_z(ann, molenwijk,in_the_admin):
    s=make_secrets()
    c=in_the_admin(ann); root=make.root_of(molenwijk)
    prev=[]
    for a in all_addresses(s,[root.pk]):
        if not a.name.startswith("wagtailadmin_pages"): continue
        for h in ({}, {"X-Requested-With": "XMLHttpRequest"}):
            r=c.get(a.url,headers=h); t=said(r)
            for m in list(re.finditer("geheim",t))[:1]: print(a.url, repr(t[max(0,m.start()-300):m.end()+100])); print(prev[-8:])
            prev.append((a.url,r.status_code))
