import pytest,re
from tests.neighbourhoods.admin_walk import *
from wagtail.permissions import policy_registry
from wagtail.models import *
from content.models import Picture
pytestmark = [pytest.mark.django_db,pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
def test_z(ann_in_the_admin,in_the_admin):
    s=make_secrets()
    print(GroupCollectionPermission.objects.values_list("group__name","collection__name","permission__codename","permission__content_type__app_label"))
    p=policy_registry.get_by_type(Picture); print(p, p.instances_user_has_any_permission_for(s.editor,{"change","choose"}))
    pic=Picture.objects.get(); print(pic.collection, pic.collection_id)
    n=0; 
    for a in all_addresses(s):
        n+=1
        r=ann_in_the_admin.get(a.url); t=said(r)
        for m in list(re.finditer("geheim",t.lower()))[:1]: print(a, repr(t[max(0,m.start()-700):m.end()+100]))
    print(n)
